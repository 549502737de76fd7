import type { Severity } from "../diagnostics/diagnostic.ts";
import type { DeviceTarget } from "../lint/device-targets.ts";
import { rules } from "../lint/rules/index.ts";
import type { LimitsName } from "../targets/webgpu/named-limits.ts";

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
}

const oneMore = { off: "info", info: "warning", warning: "error", error: "error" } as const;
const asItIs = (severity: Setting): Setting => severity;

export const presets: Readonly<Record<PresetName, Preset>> = {
  recommended: { about: "every rule as its page says", rules: {}, shift: asItIs, limits: [], targets: [], lane: 4 },
  strict: {
    about: "every rule one step more severe, and none off",
    rules: {},
    shift: (severity) => oneMore[severity],
    limits: [],
    targets: [],
    lane: 4,
  },
  webgpu: {
    about: "recommended, and held to the limits that every WebGPU device grants",
    rules: {},
    shift: asItIs,
    limits: ["webgpu-core"],
    targets: [],
    lane: 4,
  },
  "edge-tpu": {
    about: "recommended, and held to the ops that Coral's Edge TPU runs",
    rules: {},
    shift: asItIs,
    limits: [],
    targets: ["edge-tpu"],
    lane: 8,
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
