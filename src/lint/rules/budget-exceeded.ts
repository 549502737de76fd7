import { countGraph, sumCounts } from "../../analysis/counts.ts";
import { activationMemory } from "../../analysis/memory.ts";
import type { Related } from "../../diagnostics/diagnostic.ts";
import type { ShapedNode } from "../../ir/graph.ts";
import { grouped } from "../../text/grouped.ts";
import type { Budget } from "../budget.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { statementPlace } from "../trace-places.ts";

const bytesOfFloat32 = 4;

/** A figure that a budget limits: its value, and the layer that has most of it. */
interface Measure {
  readonly what: string;
  readonly value: (context: NetworkContext) => number;
  readonly largest: (context: NetworkContext) => ShapedNode | undefined;
}

const measures: Readonly<Record<keyof Budget, Measure>> = {
  parameters: {
    what: "trainable parameters",
    value: ({ counts }) => sumCounts(counts).trainable,
    largest: (context) => nodeWithMost(context, ({ trainable }) => trainable),
  },
  multiplyAdds: {
    what: "multiply-adds",
    value: ({ counts }) => sumCounts(counts).macs,
    largest: (context) => nodeWithMost(context, ({ macs }) => macs),
  },
  peakMemory: {
    what: "bytes of live activations",
    value: ({ graph }) => activationMemory(graph).peakBytes,
    largest: ({ graph }) => {
      const { peakAt } = activationMemory(graph);
      return graph.nodes.find(({ layer, path }) => layer === peakAt || path === peakAt);
    },
  },
  weightBytes: {
    what: "bytes of folded weights",
    value: ({ graph, counts }) => bytesOfFloat32 * countGraph(graph, { nodes: counts }).params.folded,
    largest: (context) => nodeWithMost(context, ({ trainable }) => trainable),
  },
};

type Counts = NetworkContext["counts"] extends ReadonlyMap<unknown, infer Value> ? Value : never;

function nodeWithMost({ graph, counts }: NetworkContext, figure: (counts: Counts) => number): ShapedNode | undefined {
  const of = (node: ShapedNode): number => {
    const own = counts.get(node.id);
    return own === undefined ? 0 : figure(own);
  };
  const [first, ...others] = graph.nodes;
  return first && others.reduce((most, node) => (of(node) > of(most) ? node : most), first);
}

/** Reports networks that cost more than the project's configuration allows. */
export const budgetExceeded: NetworkRule = {
  id: "budget-exceeded",
  over: "network",
  category: "efficiency",
  severity: "error",
  summary: "A network that costs more than its budget in mnet.config.json",
  why: "A device sets limits before a network is designed: an Edge TPU keeps about 7 MiB of weights on the chip and streams the rest, and a microcontroller has a few hundred kilobytes for activations. A budget in the configuration holds every variant of a network to such a limit. An assert says the same of one network, inside its spec.",
  source:
    "Lin et al. 2021 (MCUNetV2), section 2: memory is spent unevenly; google-coral/edgetpu, issue 512: 6.89 MiB of weights are cached.",
  settings: { budgets: { "*": { parameters: 10_000 } } },
  bad: `network N {\n  input image [8, 8, 16]\n  conv 3x3 64 act=relu padding=same\n  conv 3x3 64 act=relu padding=same\n  pool avg\n  flatten\n  dense 10\n}\n`,
  good: `network N {\n  input image [8, 8, 16]\n  conv 3x3 24 act=relu padding=same\n  conv 3x3 24 act=relu padding=same\n  pool avg\n  flatten\n  dense 10\n}\n`,
  near: `// Of 10 002 parameters, 104 are moving averages. Only the 9 898 trained ones count.
network N {
  input image [8, 8, 16]
  conv 3x3 24 norm=batch act=relu padding=same
  conv 3x3 28 norm=batch act=relu padding=same
  pool avg
  flatten
  dense 10
}
`,
  check(context) {
    const { budget, declaration, preset, graph } = context;
    const keys = Object.keys(measures) as readonly (keyof Budget)[];
    const over = keys.flatMap((key) => {
      const limit = budget[key];
      const value = limit === undefined ? 0 : measures[key].value(context);
      return limit !== undefined && value > limit ? [{ ...measures[key], limit, value }] : [];
    });
    const [first] = over;
    if (first === undefined) return [];
    const parts = over.map(({ what, limit, value }) => `${grouped(value)} ${what} of ${grouped(limit)}`);
    const most = first.largest(context);
    const related: readonly Related[] =
      most === undefined ? [] : [{ message: `"${most.path}" has most of them`, span: statementPlace(context, most) }];
    return [
      {
        span: (preset ?? declaration).name.span,
        message: `"${graph.name}" exceeds its budget: ${parts.join(", ")}.`,
        hint: "Make it smaller, or raise the budget in mnet.config.json.",
        related,
      },
    ];
  },
};
