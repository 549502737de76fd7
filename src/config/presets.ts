import type { Severity } from "../diagnostics/diagnostic.ts";
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
}

const oneMore = { off: "info", info: "warning", warning: "error", error: "error" } as const;
const asItIs = (severity: Setting): Setting => severity;

export const presets: Readonly<Record<PresetName, Preset>> = {
  recommended: { about: "every rule as its page says", rules: {}, shift: asItIs, limits: [] },
  strict: {
    about: "every rule one step more severe, and none off",
    rules: {},
    shift: (severity) => oneMore[severity],
    limits: [],
  },
  webgpu: {
    about: "recommended, and held to the limits that every WebGPU device grants",
    rules: {},
    shift: asItIs,
    limits: ["webgpu-core"],
  },
  "edge-tpu": {
    about: "recommended, for int8 accelerators",
    rules: {},
    shift: asItIs,
    limits: [],
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
