import type { Severity } from "../diagnostics/diagnostic.ts";
import type { Budget } from "../lint/budget.ts";
import type { DeviceTarget } from "../lint/device-targets.ts";
import { rules } from "../lint/rules/index.ts";
import type { LimitsName } from "../targets/webgpu/schedule/named-limits.ts";

export const presetNames = ["recommended", "strict", "webgpu", "edge-tpu"] as const;
export type PresetName = (typeof presetNames)[number];

type Setting = Severity | "off";

export interface Preset {
  readonly about: string;
  /** What it sets these rules to, in place of what their pages say. */
  readonly rules: Readonly<Record<string, Setting>>;
  /** What becomes of the severities of all others. */
  readonly shift: (severity: Setting) => Setting;
  readonly limits: readonly LimitsName[];
  readonly targets: readonly DeviceTarget[];
  /** Channels that the hardware works on at once. */
  readonly lane: number;
  /** What every network may cost where the project says nothing else. */
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
 * What an Edge TPU keeps on its chip, google-coral/edgetpu issue 512, in the bytes that a budget counts: four a weight, where int8 has
 * one. The rest is streamed for every image.
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

/** Severities of all rules under a preset, with the project's own over them. */
export function severitiesOf(
  preset: PresetName,
  own: Readonly<Record<string, Setting | undefined>> = {},
): Readonly<Record<string, Setting>> {
  const { rules: set, shift } = presets[preset];
  return Object.fromEntries(rules.map(({ id, severity }) => [id, own[id] ?? set[id] ?? shift(severity)]));
}
