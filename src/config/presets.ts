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
  /** Severities of some rules, which replace those of their pages. */
  readonly rules: Readonly<Record<string, Setting>>;
  /** Changes the severity of each other rule. */
  readonly shift: (severity: Setting) => Setting;
  readonly limits: readonly LimitsName[];
  readonly targets: readonly DeviceTarget[];
  /** Number of channels that the hardware works on at once. */
  readonly lane: number;
  /** The budget of every network, unless the project sets another. */
  readonly budget: Budget;
}

const recommended: Preset = {
  about: "every rule as its page says",
  rules: {},
  shift: (severity) => severity,
  limits: [],
  targets: [],
  lane: 4,
  budget: {},
};

const oneMore = { off: "info", info: "warning", warning: "error", error: "error" } as const;

/**
 * The weights that an Edge TPU keeps on its chip (google-coral/edgetpu issue 512), in bytes as a budget counts them: four a weight,
 * although int8 has one. The rest is streamed for every image.
 */
const edgeTpuWeightBytes = 4 * Math.floor(6.89 * 2 ** 20);

export const presets: Readonly<Record<PresetName, Preset>> = {
  recommended,
  strict: {
    ...recommended,
    about: "every rule one step more severe, and none off",
    shift: (severity) => oneMore[severity],
  },
  webgpu: {
    ...recommended,
    about: "recommended, held to the limits of every WebGPU device; warns of what leaves tf.js's fast kernels",
    rules: { "webgpu-slow-path": "warning" },
    limits: ["webgpu-core"],
  },
  "edge-tpu": {
    ...recommended,
    about:
      "recommended, held to an Edge TPU's ops and 8 channels at once; warns of more int8 weights than its chip keeps",
    rules: { "budget-exceeded": "warning" },
    targets: ["edge-tpu"],
    lane: 8,
    budget: { weightBytes: edgeTpuWeightBytes },
  },
};

/** Returns the severities of all rules: those of the project, else those of the preset. */
export function severitiesOf(
  preset: PresetName,
  own: Readonly<Record<string, Setting | undefined>> = {},
): Readonly<Record<string, Setting>> {
  const { rules: set, shift } = presets[preset];
  return Object.fromEntries(rules.map(({ id, severity }) => [id, own[id] ?? set[id] ?? shift(severity)]));
}
