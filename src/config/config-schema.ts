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
  parameters: quantity.optional().describe("Most trainable parameters."),
  multiplyAdds: quantity.optional().describe("Most multiply-adds of one image."),
  peakMemory: quantity.optional().describe("Most bytes of live activations in float32."),
  weightBytes: quantity.optional().describe("Most bytes of weights as deployed: batch norm folded, in float32."),
});

/** The rules whose severity a project may set. What the compiler finds is always an error. */
const settableRules = rules.filter(({ over }) => over !== "compiler");

/** The schema of `mnet.config.json`. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    preset: z
      .enum(presetNames)
      .optional()
      .describe("The severities that `rules` overrides. recommended: each rule as its page says."),
    rules: z
      .strictObject(
        Object.fromEntries(settableRules.map(({ id, summary }) => [id, severity.optional().describe(`${summary}.`)])),
      )
      .optional()
      .describe("Severities by rule. `mnet explain RULE` says what a rule finds."),
    budgets: z
      .record(z.string(), budget)
      .optional()
      .describe("The most that networks may cost, by name. `*` is every network; a network's own limits override it."),
    limits: z
      .union([z.enum(limitsNames), z.array(z.enum(limitsNames))])
      .optional()
      .describe("Kinds of WebGPU devices that every network has to run on."),
    targets: z
      .array(z.enum(deviceTargets))
      .optional()
      .describe("Devices that every network has to run on besides browsers. They replace those of the preset."),
    lane: z
      .int()
      .positive()
      .optional()
      .describe("Number of channels that the hardware works on at once; 4 if left out."),
    maxWarnings: z
      .int()
      .nonnegative()
      .optional()
      .describe("Most warnings that the specs of one run may have; 0 if left out."),
    baseline: z
      .string()
      .min(1)
      .optional()
      .describe(
        "A file of known findings, which are not reported, in the folder of this file. --write-baseline writes it.",
      ),
  })
  .meta({ title: "mnet.config.json", description: "What mnet lint holds the specs below this folder to." });

/** The settings of a `mnet.config.json`. */
export type Config = z.output<typeof configSchema>;

/** Returns the JSON Schema (2020-12) of the file as people write it. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: "input" });
}
