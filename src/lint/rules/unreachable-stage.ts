import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { NodeId, ShapedNode } from "../../ir/graph.ts";
import type { Statement } from "../../syntax/ast.ts";
import { grouped } from "../../text/grouped.ts";
import { deleteStatement } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import { shortCount } from "../short-count.ts";
import type { NetworkRule } from "../rule.ts";

/** Reports layers whose result reaches no output. */
export const unreachableStage: NetworkRule = {
  id: "unreachable-stage",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "Layers whose result reaches no output",
  why: "If a statement has from=, or all paths of a branch have it, nothing reads the layers before: they are computed and trained for nothing. A path without from= starts at the last value, and what follows a branch none too. An output statement keeps a value.",
  source: "mmdetection issue 5450 (out_indices); MATLAB's analyzeNetwork; neurarch's check for orphans.",
  bad: `network N {\n  input image [32, 32, 3]\n  stem: conv 3x3 16 act=relu\n  conv 3x3 32 act=relu\n  branch concat {\n    path from=stem { conv 1x1 16 act=relu }\n    path from=stem { conv 3x3 16 act=relu }\n  }\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  stem: conv 3x3 16 act=relu\n  conv 3x3 32 act=relu\n  branch concat {\n    path { conv 1x1 16 act=relu }\n    path from=stem { conv 3x3 16 act=relu }\n  }\n}\n`,
  near: `// No path reads the conv of 32 filters, but an output does.
network N {
  input image [32, 32, 3]
  stem: conv 3x3 16 act=relu
  side: conv 3x3 32 act=relu
  branch concat {
    path from=stem { conv 1x1 16 act=relu }
    path from=stem { conv 3x3 16 act=relu }
  }
  output features = side
}
`,
  check(context) {
    const live = reached(context);
    const dead = context.graph.nodes.filter((node) => node.op !== "input" && !live.has(node.id));
    const sum = (of: "trainable" | "macs") =>
      dead.reduce((total, { id }) => total + (context.counts.get(id)?.[of] ?? 0), 0);
    const [first] = dead;
    const last = dead.at(-1);
    if (first === undefined || last === undefined) return [];
    const what =
      first.layer === last.layer
        ? `The value of "${first.layer}" reaches`
        : `The values of "${first.layer}" to "${last.layer}" reach`;
    const fix = fixOf(context, dead);
    return [
      {
        span: first.span,
        message: `${what} no output: ${shortCount(sum("macs"))} multiply-adds and ${grouped(sum("trainable"))} parameters for nothing.`,
        hint: "Read it with from=, name it by an output, or delete it.",
        ...(fix === null ? {} : { fix }),
      },
    ];
  },
};

/** Returns the values that some output is computed from. */
function reached({ graph, index }: NetworkContext): ReadonlySet<NodeId> {
  const live = new Set<NodeId>();
  const pending = graph.outputs.map((output) => output.node);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (live.has(id)) continue;
    live.add(id);
    pending.push(...(index.get(id)?.inputs ?? []));
  }
  return live;
}

/** Returns a fix that deletes the statements whose layers are all dead; null if a statement is dead in part. */
function fixOf({ declaration, graph, program }: NetworkContext, dead: readonly ShapedNode[]): Fix | null {
  const ids = new Set(dead.map(({ id }) => id));
  const statements: Statement[] = [];
  let covered = 0;
  // Nodes of the network stand in the order of its text.
  let at = 0;
  for (const statement of declaration.body) {
    let own = 0;
    let gone = 0;
    for (
      let node = graph.nodes[at];
      node !== undefined && node.span.start < statement.span.end;
      node = graph.nodes[++at]
    ) {
      if (node.span.start < statement.span.start) continue;
      own += 1;
      if (ids.has(node.id)) gone += 1;
    }
    if (own === 0 || gone < own) continue;
    if ("doc" in statement && statement.doc !== null) return null;
    covered += own;
    statements.push(statement);
  }
  if (covered < dead.length) return null;
  return {
    message: "Delete the layers",
    edits: statements.map((statement) => deleteStatement(program.entry, statement)),
    safety: "safe",
  };
}
