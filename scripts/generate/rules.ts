import { exampleSettings, ruleStanding } from "../../src/lint/rule-page.ts";
import { categories, type Rule } from "../../src/lint/rule.ts";
import { rules } from "../../src/lint/rules/index.ts";
import type { GeneratedFile } from "./generated-file.ts";

function section(rule: Rule): string {
  const example = (title: string, text: string) => `${title}\n\n\`\`\`mnet\n${text.trimEnd()}\n\`\`\``;
  return [
    `### ${rule.id}`,
    `${rule.summary}. _${ruleStanding(rule)}_`,
    rule.why,
    `Source: ${rule.source}`,
    ...[exampleSettings(rule)].flatMap((line) => (line === null ? [] : [`${line.replace(/(\{.*\})$/, "`$1`")}.`])),
    example("Found here:", rule.bad),
    example("Not here:", rule.good),
    example("It does not report this similar network:", rule.near),
  ].join("\n\n");
}

/** Faults that other tools do not report. They need no rule, because the language cannot express them. */
const unwritable: readonly (readonly [fault: string, why: string])[] = [
  [
    "hard-sigmoid-definition",
    "hard-sigmoid as clip(0.2 x + 0.5) in place of relu6(x + 3) / 6. `hsigmoid` is relu6(x + 3) / 6 on every target, although tf.js has a layer for the other function.",
  ],
  [
    "se-base-ambiguous",
    "a squeeze-and-excitation ratio without its base. `se` takes the number of squeezed channels, so a spec states the base and the rounding: `se divisible(in.c / 4, 8)`.",
  ],
];

/** The rule reference. */
export const ruleReference: GeneratedFile = {
  path: "generated/rules.md",
  contents: () => {
    const parts = categories.map((category) => {
      const own = rules.filter((rule) => rule.category === category);
      return [`## ${category.charAt(0).toUpperCase()}${category.slice(1)}`, ...own.map(section)].join("\n\n");
    });
    return `# Lint rules

Generated from src/lint/rules by npm run generate. \`mnet lint SPEC\` runs them, \`mnet explain RULE\` shows one of these pages.

${parts.join("\n\n")}

## What cannot be written

${unwritable.map(([fault, why]) => `- **${fault}**: ${why}`).join("\n")}
`;
  },
};
