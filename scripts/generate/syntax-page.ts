import type { ISerializedGast } from "chevrotain";
import { MnetParser } from "../../grammar/parser.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { choice, escapeText, nonTerminal, optional, repeated, sequence, svg, terminal, type Box } from "./railroad.ts";

/** The grammar as a page: each rule as a production and as a railroad diagram, generated from the parser. */
export const syntaxPage: GeneratedFile = {
  path: "generated/railroad.html",
  contents: () => {
    const rules = new MnetParser({ validateGrammar: true }).getSerializedGastProductions() as readonly Production[];
    const ordered = [
      ...rules.filter(({ name }) => name === "sourceFile"),
      ...rules.filter(({ name }) => name !== "sourceFile"),
    ];
    return page(ordered.map(ruleSection).join("\n"));
  },
};

/** The parts of chevrotain's serialised productions that this file reads. */
interface Production extends ISerializedGast {
  readonly type: ISerializedGast["type"];
  readonly name?: string;
  readonly label?: string;
  readonly idx?: number;
  readonly definition?: Production[];
  readonly separator?: Production;
}

/** Names that must be a certain word, by rule and occurrence. They are not keywords; the parser checks their text. */
const contextualWords: Readonly<Record<string, string>> = { "branchPath 1": "from", "paramDeclaration 1": "step" };

function withContextualWords(part: Production, rule: string): Production {
  const word = part.name === "Identifier" ? contextualWords[`${rule} ${String(part.idx ?? 0)}`] : undefined;
  if (word !== undefined) return { ...part, name: word, label: word };
  return part.definition
    ? { ...part, definition: part.definition.map((inner) => withContextualWords(inner, rule)) }
    : part;
}

function ruleSection(rule: Production): string {
  const name = rule.name ?? "";
  const parts = withContextualWords(rule, name).definition ?? [];
  return `<section id="${name}">
<h2>${name}</h2>
<pre>${escapeText(`${name} : ${production(parts)}`)}</pre>
${svg(sequence(parts.map(box)))}
</section>`;
}

const classes: Readonly<Record<string, string>> = {
  Identifier: "NAME",
  String: "STRING",
  Number: "NUMBER",
  Dims: "DIMS",
  Newline: "NEWLINE",
  CallParen: '"(" directly behind',
};
/** Error tokens of the lexer, which the parser accepts as values. No valid program contains them. */
const errorTokens = new Set(["BadNumber", "BadString", "UnterminatedString"]);

function terminalText(part: Production): string {
  return classes[part.name ?? ""] ?? `"${part.label ?? part.name ?? ""}"`;
}

function isErrorToken({ definition = [] }: Production): boolean {
  return definition.length === 1 && definition[0]?.type === "Terminal" && errorTokens.has(definition[0].name ?? "");
}

function alternatives(part: Production): readonly Production[] {
  return (part.definition ?? []).filter((alternative) => !isErrorToken(alternative));
}

function production(parts: readonly Production[]): string {
  return parts.map(productionOf).join(" ");
}

function productionOf(part: Production): string {
  const inner = production(part.definition ?? []);
  const separator = part.separator ? terminalText(part.separator) : "";
  switch (part.type) {
    case "NonTerminal":
      return part.name ?? "";
    case "Terminal":
      return terminalText(part);
    case "Option":
      return `[ ${inner} ]`;
    case "Repetition":
      return `{ ${inner} }`;
    case "RepetitionMandatory":
      return `${inner} { ${inner} }`;
    case "RepetitionWithSeparator":
      return `[ ${inner} { ${separator} ${inner} } ]`;
    case "RepetitionMandatoryWithSeparator":
      return `${inner} { ${separator} ${inner} }`;
    case "Alternation":
      return `( ${alternatives(part)
        .map((alternative) => production(alternative.definition ?? []))
        .join(" | ")} )`;
    default:
      return inner;
  }
}

function box(part: Production): Box {
  const inner = (): Box => sequence((part.definition ?? []).map(box));
  const separator = (): Box => (part.separator ? box(part.separator) : sequence([]));
  switch (part.type) {
    case "NonTerminal":
      return nonTerminal(part.name ?? "");
    case "Terminal":
      return terminal(terminalText(part).replace(/^"(.*)"$/, "$1"));
    case "Option":
      return optional(inner());
    case "Repetition":
      return optional(repeated(inner()));
    case "RepetitionMandatory":
      return repeated(inner());
    case "RepetitionWithSeparator":
      return optional(repeated(inner(), separator()));
    case "RepetitionMandatoryWithSeparator":
      return repeated(inner(), separator());
    case "Alternation":
      return choice(alternatives(part).map(box));
    default:
      return inner();
  }
}

function page(sections: string): string {
  return `<!doctype html>
<!-- Generated from grammar/ by npm run generate. -->
<html lang="en">
<head>
<meta charset="utf-8">
<title>The syntax of mnet</title>
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
pre { white-space: pre-wrap; background: #f5f5f2; padding: 0.5rem 0.75rem; }
section { overflow-x: auto; }
svg path { fill: none; stroke: #333; stroke-width: 1.5; }
svg rect { fill: #eef3fb; stroke: #333; }
svg rect.terminal { fill: #f6f1df; }
svg text { font: 12px ui-monospace, monospace; text-anchor: middle; }
</style>
</head>
<body>
<h1>The syntax of mnet</h1>
<p>
The grammar that the parser accepts, generated from the parser. Boxes with round ends are words and signs, the others are rules.
Each statement and each declaration ends with its line, or before a closing brace. In expressions, from the loosest:
or, and, not, comparisons (which do not chain), + and -, * / and %, the minus sign.
</p>
${sections}
</body>
</html>
`;
}
