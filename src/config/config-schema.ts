import { z } from "zod";
import { deviceTargets } from "../lint/device-targets.ts";
import { rules } from "../lint/rules/index.ts";
import { limitsNames } from "../targets/webgpu/schedule/named-limits.ts";
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
  peakMemory: quantity.optional().describe("Most bytes of live activations, float32."),
  weightBytes: quantity.optional().describe("Most bytes of weights as deployed: batch norm folded, float32."),
});

/** Rules whose severity is a matter of taste; what the compiler finds is an error. */
const settableRules = rules.filter(({ over }) => over !== "compiler");

/** `mnet.config.json`. */
export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    preset: z
      .enum(presetNames)
      .optional()
      .describe("What rules are set to before `rules`. recommended: each as its page says."),
    rules: z
      .strictObject(
        Object.fromEntries(settableRules.map(({ id, summary }) => [id, severity.optional().describe(`${summary}.`)])),
      )
      .optional()
      .describe("Severities by rule; `mnet explain RULE` says what each finds."),
    budgets: z
      .record(z.string(), budget)
      .optional()
      .describe("What networks may cost, by name; `*` is every network, and a name's own limits go before it."),
    limits: z
      .union([z.enum(limitsNames), z.array(z.enum(limitsNames))])
      .optional()
      .describe("Kinds of WebGPU devices that every network has to run on."),
    targets: z
      .array(z.enum(deviceTargets))
      .optional()
      .describe("What every network has to run on beside browsers, in place of the preset's."),
    lane: z
      .int()
      .positive()
      .optional()
      .describe("Channels that the hardware works on at once; 4 where nothing is said."),
    maxWarnings: z
      .int()
      .nonnegative()
      .optional()
      .describe("How many warnings the specs of one run may have; 0 where nothing is said."),
    baseline: z
      .string()
      .min(1)
      .optional()
      .describe("A file of findings that are known and not told, beside this one; written by --write-baseline."),
  })
  .meta({ title: "mnet.config.json", description: "What mnet lint holds the specs below this folder to." });

export type Config = z.output<typeof configSchema>;

/** JSON Schema (2020-12) of what people write. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configSchema, { io: "input" });
}
