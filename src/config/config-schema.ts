import { z } from "zod";
import { deviceTargets } from "../lint/device-targets.ts";
import { rules } from "../lint/rules/index.ts";
import { limitsNames } from "../targets/webgpu/plan-choices.ts";
import { parseQuantity } from "./quantity.ts";
import { presetNames } from "./presets.ts";

const severity = z.enum(["off", "info", "warning", "error"]);

const quantity = z
  .union([
    z.number().nonnegative(),
    z
      .string()
      .regex(/^\d+(\.\d+)?(K|M|G|KiB|MiB|GiB)?$/)
      .meta({ examples: ["3.6M", "7MiB"] }),
  ])
  .transform(parseQuantity);

const budget = z.strictObject({
  parameters: quantity.optional().describe("Maximum number of trainable parameters."),
  multiplyAdds: quantity.optional().describe("Maximum number of multiply-adds for one image."),
  peakMemory: quantity.optional().describe("Maximum bytes of activations that are alive at the same time, in float32."),
  weightBytes: quantity.optional().describe("Maximum bytes of deployed weights, in float32 with folded batch norm."),
});

/** The rules whose severity a project can set. Compiler errors are always errors. */
const settableRules = rules.filter(({ over }) => over !== "compiler");

/** The schema of `mnet.config.json`. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    preset: z
      .enum(presetNames)
      .optional()
      .describe(
        "The set of default severities, which `rules` overrides. recommended: the severity on each rule's page.",
      ),
    rules: z
      .strictObject(
        Object.fromEntries(settableRules.map(({ id, summary }) => [id, severity.optional().describe(`${summary}.`)])),
      )
      .optional()
      .describe("Severities by rule. `mnet explain RULE` says what a rule finds."),
    budgets: z
      .record(z.string(), budget)
      .optional()
      .describe(
        "Limits on the cost of networks, by name. `*` applies to every network. The limits of a network's own name override those of `*`.",
      ),
    limits: z
      .union([z.enum(limitsNames), z.array(z.enum(limitsNames))])
      .optional()
      .describe("Kinds of WebGPU devices on which every network must run."),
    targets: z
      .array(z.enum(deviceTargets))
      .optional()
      .describe("Other devices on which every network must run. They replace the devices of the preset."),
    lane: z
      .int()
      .positive()
      .optional()
      .describe("Number of channels that the hardware processes together. The default is 4."),
    maxWarnings: z.int().nonnegative().optional().describe("Maximum number of warnings in one run. The default is 0."),
    baseline: z
      .string()
      .min(1)
      .optional()
      .describe(
        "A file, in the folder of this file, with known findings. They are not reported. --write-baseline writes it.",
      ),
  })
  .meta({
    title: "mnet.config.json",
    description: "The settings of mnet lint for the specs in this folder and its subfolders.",
  });

/** The settings of a `mnet.config.json`. */
export type Config = z.output<typeof configSchema>;

/** Returns the JSON Schema (2020-12) of the configuration file. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: "input" });
}
