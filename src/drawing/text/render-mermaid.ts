import { printable } from "../../diagnostics/printable.ts";
import { formatShape } from "../../ir/shape.ts";
import { describeLevel, levelTitle } from "../describe-level.ts";
import type { Item, Level } from "../drawing.ts";
import { flatEdges, type Leaf } from "./flat-edges.ts";
import { blockTitle, labelLines, nodeNames } from "./node-names.ts";

/** Returns the graph as a Mermaid flowchart. Blocks are subgraphs, and residual edges are dotted. */
export function renderMermaid(network: string, level: Level): string {
  const names = nodeNames(level);
  const nameOf = (item: Item): string => names.get(item) ?? "";
  const body = ({ items }: Level, indent: string): readonly string[] =>
    items.flatMap((item) => {
      if (item.kind !== "block") return [`${indent}${nameOf(item)}${nodeShape(item)}`];
      return [
        `${indent}subgraph ${nameOf(item)}["${mermaidText([blockTitle(item)])}"]`,
        ...body(item.level, `${indent}  `),
        `${indent}end`,
      ];
    });
  return [
    "flowchart TD",
    `  accTitle: ${mermaidText([levelTitle(network, level)])}`,
    `  accDescr: ${mermaidText([describeLevel(level)])}`,
    ...body(level, "  "),
    ...flatEdges(level).map(({ from, to, shape, residual }) => {
      const arrow = residual ? "-.->" : "-->";
      return `  ${nameOf(from)} ${arrow}|"${mermaidText([formatShape(shape)])}"| ${nameOf(to)}`;
    }),
    "",
  ].join("\n");
}

function nodeShape(item: Leaf): string {
  const label = `"${mermaidText(labelLines(item))}"`;
  if (item.kind === "fold") return `[[${label}]]`;
  return item.kind === "layer" ? `(${label})` : `([${label}])`;
}

/**
 * Returns lines as the text of a Mermaid label. All characters except letters, digits and harmless punctuation are
 * written as numeric entities.
 */
function mermaidText(lines: readonly string[]): string {
  return lines
    .map((line) =>
      printable(line).replace(/[^A-Za-z0-9_ .,/+()=-]/gu, (character) => `#${character.codePointAt(0) ?? 0};`),
    )
    .join("<br/>");
}
