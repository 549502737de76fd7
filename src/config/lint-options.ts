import type { Budgets } from "../lint/budget.ts";
import type { LintOptions } from "../lint/lint.ts";
import { limitsNamed, type LimitsName } from "../targets/webgpu/plan-choices.ts";
import type { Config } from "./config-schema.ts";
import { presets, severitiesOf, type PresetName } from "./presets.ts";

/** Settings from the command line. They override the configuration. */
export interface ConfigOverrides {
  readonly preset?: PresetName;
  readonly limits?: readonly LimitsName[];
}

/**
 * Converts a configuration to options of the linter.
 *
 * @param config a configuration that was read by {@link parseConfig}.
 * @param overrides the settings of the command line. The preset gives limits that neither the configuration nor the
 * command line sets.
 * @returns the options of {@link lint}.
 */
export function lintOptionsOf(config: Config, overrides: ConfigOverrides): LintOptions {
  const preset = overrides.preset ?? config.preset ?? "recommended";
  const named = typeof config.limits === "string" ? [config.limits] : config.limits;
  const limits = overrides.limits ?? named ?? presets[preset].limits;
  const own: Budgets = Object.fromEntries(
    Object.entries(config.budgets ?? {}).map(([name, budget]) => [name, withoutUndefined(budget)]),
  );
  return {
    severities: severitiesOf(preset, config.rules),
    budgets: { ...own, "*": { ...presets[preset].budget, ...own["*"] } },
    limits: limits.map(limitsNamed),
    targets: config.targets ?? presets[preset].targets,
    lane: config.lane ?? presets[preset].lane,
  };
}

function withoutUndefined(budget: NonNullable<Config["budgets"]>[string]): Record<string, number> {
  return Object.fromEntries(
    Object.entries(budget).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])),
  );
}
