import type { ShapedGraph } from "../../ir/graph.ts";
import type { DeviceClass } from "./cost/device-class.ts";
import type { Bound } from "./cost/estimate.ts";
import type { ChosenStep } from "./fusion/choose-steps.ts";
import type { NetworkPlan } from "./plan-network.ts";
import type { Precision } from "./schedule/storage-type.ts";
import { bindingBytes } from "./wgsl/binding.ts";

/** One dispatch, and the reasons for it. */
export interface PlanRow {
  readonly layers: readonly string[];
  readonly kernel: string;
  /** The kernel's way to cut the work; empty where it has only one. */
  readonly variant: string;
  readonly workgroups: readonly [number, number, number];
  readonly invocations: number;
  /** Bytes of all bindings, each once. */
  readonly bytes: number;
  /** Multiply-adds; one that is computed more than once counts each time. */
  readonly macs: number;
  readonly microseconds: number;
  /** Microseconds that it took when the plan was tuned; null where the estimate chose. */
  readonly measured: number | null;
  readonly bound: Bound;
  /** Share of the device that has work. */
  readonly busy: number;
  /** The fusion pass that made it of several steps, or null. */
  readonly fusion: string | null;
  /** What it saves against its parts, and against concats that copy, as dispatches of their own. */
  readonly saves: { readonly dispatches: number; readonly bytes: number; readonly microseconds: number } | null;
  readonly reason: string;
}

export interface PlanReport {
  readonly network: string;
  readonly device: DeviceClass;
  readonly precision: Precision;
  readonly dispatches: readonly PlanRow[];
  readonly pipelines: number;
  readonly totals: { readonly bytes: number; readonly macs: number; readonly microseconds: number };
  readonly memory: {
    readonly activationBytes: number;
    readonly lowerBoundBytes: number;
    readonly weightBytes: number;
    readonly buffers: readonly number[];
  };
}

const micro = (seconds: number) => seconds * 1e6;
const shown = (seconds: number) => `${micro(seconds).toFixed(1)} µs`;

const bounds: Readonly<Record<Bound, string>> = {
  launch: "its launch",
  bytes: "memory",
  traffic: "the cache that the cores share",
  macs: "arithmetic",
  loads: "the cores' own caches",
};

function reasonOf(chosen: ChosenStep): string {
  const { view } = chosen.program.output;
  const place =
    view === null ? "" : `; writes channels ${view.first} to ${view.first + view.channels - 1} of ${view.of}`;
  return `${choiceOf(chosen)}${place}`;
}

function choiceOf({ estimate, measured, fusion, rejected }: ChosenStep): string {
  if (measured !== null) return `measured: ${shown(measured)}`;
  const waits = `waits for ${bounds[estimate.bound]}`;
  const filled = estimate.busy < 0.5 ? `, and fills ${(100 * estimate.busy).toFixed(0)} % of the device` : "";
  if (fusion !== null) return `${waits}${filled}; its parts would take ${shown(fusion.apart)}`;
  const [best] = rejected.toSorted((a, b) => a.seconds - b.seconds);
  const why =
    best === undefined ? "" : `; ${best.pass} would take ${shown(best.seconds)}, its parts take ${shown(best.apart)}`;
  return `${waits}${filled}${why}`;
}

/** Adds up what fusion saves, and what the concats save that this step completes in place. */
function savesOf({ estimate, fusion, completes }: ChosenStep): PlanRow["saves"] {
  const spared = [
    ...(fusion === null
      ? []
      : // Written once and read once.
        [{ dispatches: fusion.parts - 1, bytes: 2 * fusion.bytesSpared, seconds: fusion.apart - estimate.seconds }]),
    ...completes.map(({ program, estimate: { seconds } }) => ({ dispatches: 1, bytes: program.cost.bytes, seconds })),
  ];
  if (spared.length === 0) return null;
  const sum = (count: (one: (typeof spared)[number]) => number) => spared.reduce((total, one) => total + count(one), 0);
  return {
    dispatches: sum(({ dispatches }) => dispatches),
    bytes: sum(({ bytes }) => bytes),
    microseconds: micro(sum(({ seconds }) => seconds)),
  };
}

function rowOf(chosen: ChosenStep): PlanRow {
  const { step, option, program, estimate, measured, fusion, completes } = chosen;
  const { workgroups, workgroupSize, cost } = program;
  return {
    layers: [step, ...completes.map((concat) => concat.step)].flatMap(({ covers }) => covers.map(({ path }) => path)),
    kernel: program.name,
    variant: option.variant,
    workgroups,
    invocations: [...workgroups, ...workgroupSize].reduce((product, count) => product * count, 1),
    bytes: cost.bytes,
    macs: cost.macs,
    microseconds: micro(estimate.seconds),
    measured: measured === null ? null : micro(measured),
    bound: estimate.bound,
    busy: estimate.busy,
    fusion: fusion?.pass ?? null,
    saves: savesOf(chosen),
    reason: reasonOf(chosen),
  };
}

/** Reports what was decided for a network, row by row, with the estimates that decided it. */
export function planReport(graph: ShapedGraph, { schedule, chosen, memory, device }: NetworkPlan): PlanReport {
  const dispatches = chosen.map(rowOf);
  const sum = (count: (row: PlanRow) => number) => dispatches.reduce((total, row) => total + count(row), 0);
  const weights = chosen.flatMap(({ program }) => program.weights);
  return {
    network: graph.name,
    device,
    precision: schedule.precision,
    dispatches,
    pipelines: new Set(chosen.map(({ program }) => program.wgsl)).size,
    totals: {
      bytes: sum(({ bytes }) => bytes),
      macs: sum(({ macs }) => macs),
      microseconds: sum(({ microseconds }) => microseconds),
    },
    memory: {
      activationBytes: memory.activationBytes,
      lowerBoundBytes: memory.lowerBoundBytes,
      weightBytes: weights.reduce((total, weight) => total + bindingBytes(weight), 0),
      buffers: memory.buffers,
    },
  };
}
