import { flagOf } from "../../src/cli/options/option-of.ts";
import { targetNames, targets } from "../../src/targets/index.ts";
import type { Target } from "../../src/targets/target.ts";
import type { TargetOption } from "../../src/targets/target-option.ts";
import type { GeneratedFile } from "./generated-file.ts";

const graphs = {
  training: "the training graph",
  inference: "the inference graph",
  both: "the training graph and the inference graph",
} as const satisfies Record<Target["reads"], string>;

const weights = {
  none: "It takes no weights.",
  optional: "Weights are optional.",
  required: "It requires weights.",
} as const satisfies Record<Target["weights"], string>;

function optionLine(name: string, option: TargetOption): string {
  const flag = `\`${flagOf(name)} <${option.placeholder}>\``;
  if (option.kind !== "choice") return `- ${flag}: ${option.description}.`;
  const choices = option.choices.map((choice) => `\`${choice}\``).join(", ");
  return `- ${flag}: ${option.description}; one of ${choices}${option.default === null ? "" : `, \`${option.default}\` when left out`}.`;
}

function section(target: Target): string {
  const options = Object.entries(target.options).map(([name, option]) => optionLine(name, option));
  return [
    `## ${target.name}`,
    `\`mnet build SPEC --target ${target.name}\` writes ${target.summary}, from ${graphs[target.reads]}. ${weights[target.weights]}`,
    ...(options.length === 0 ? [] : [options.join("\n")]),
  ].join("\n\n");
}

/** The targets and their options. */
export const targetReference: GeneratedFile = {
  path: "generated/targets.md",
  contents: () => `# Targets

Generated from src/targets by npm run generate.

${targetNames.map((name) => section(targets[name])).join("\n\n")}
`,
};
