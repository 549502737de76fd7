import type { Severity } from "../diagnostics/diagnostic.ts";
import type { Budget } from "../lint/budget.ts";
import type { DeviceTarget } from "../lint/device-targets.ts";
import { rules } from "../lint/rules/index.ts";
import type { LimitsName } from "../targets/webgpu/plan-choices.ts";

export const presetNames = ["recommended", "strict", "webgpu", "edge-tpu"] as const;
/** The name of a set of rules. */
export type PresetName = (typeof presetNames)[number];

type Setting = Severity | "off";

export interface Preset {
  readonly about: string;
  /** Severities that replace those on the rules' pages. */
  readonly rules: Readonly<Record<string, Setting>>;
  /** Changes the severity of each other rule. */
  readonly shift: (severity: Setting) => Setting;
  readonly limits: readonly LimitsName[];
  readonly targets: readonly DeviceTarget[];
  /** Number of channels that the hardware processes together. */
  readonly lane: number;
  /** The budget of every network, unless the project sets another. */
  readonly budget: Budget;
}

const recommended: Preset = {
  about: "the severity on each rule's page",
  rules: {},
  shift: (severity) => severity,
  limits: [],
  targets: [],
  lane: 4,
  budget: {},
};

const oneMore = { off: "info", info: "warning", warning: "error", error: "error" } as const;

/**
 * The on-chip weight memory of an Edge TPU (google-coral/edgetpu issue 512). Weights beyond it are streamed for every
 * image. A budget counts four bytes per weight although an int8 weight has one byte, so this is four times the memory.
 */
const edgeTpuWeightBytes = 4 * Math.floor(6.89 * 2 ** 20);

export const presets: Readonly<Record<PresetName, Preset>> = {
  recommended,
  strict: {
    ...recommended,
    about: "every rule is one step more severe, and no rule is off",
    shift: (severity) => oneMore[severity],
  },
  webgpu: {
    ...recommended,
    about: "recommended, with the limits of every WebGPU device; warns about layers that tf.js runs with slow kernels",
    rules: { "webgpu-slow-path": "warning" },
    limits: ["webgpu-core"],
  },
  "edge-tpu": {
    ...recommended,
    about:
      "recommended, with the ops of an Edge TPU and multiples of 8 channels; warns about more int8 weights than fit on its chip",
    rules: { "budget-exceeded": "warning" },
    targets: ["edge-tpu"],
    lane: 8,
    budget: { weightBytes: edgeTpuWeightBytes },
  },
};

/** Returns the severity of every rule. A severity of the project overrides that of the preset. */
export function severitiesOf(
  preset: PresetName,
  own: Readonly<Record<string, Setting | undefined>> = {},
): Readonly<Record<string, Setting>> {
  const { rules: set, shift } = presets[preset];
  return Object.fromEntries(rules.map(({ id, severity }) => [id, own[id] ?? set[id] ?? shift(severity)]));
}
