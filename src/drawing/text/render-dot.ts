import { printable } from "../../diagnostics/printable.ts";
import { formatShape } from "../../ir/shape.ts";
import { levelTitle } from "../describe-level.ts";
import type { Item, Level } from "../drawing.ts";
import { flatEdges, type Leaf } from "./flat-edges.ts";
import { blockTitle, labelLines, nodeNames } from "./node-names.ts";

/** Returns the graph in Graphviz's DOT language. Blocks are clusters. */
export function renderDot(network: string, level: Level): string {
  const names = nodeNames(level);
  const nameOf = (item: Item): string => names.get(item) ?? "";
  const body = ({ items }: Level, indent: string): readonly string[] =>
    items.flatMap((item) => {
      if (item.kind !== "block")
        return [`${indent}${nameOf(item)} [label=${dotString(labelLines(item))}${nodeStyle(item)}];`];
      return [
        `${indent}subgraph cluster_${nameOf(item)} {`,
        `${indent}  label=${dotString([blockTitle(item)])};`,
        ...body(item.level, `${indent}  `),
        `${indent}}`,
      ];
    });
  return [
    "digraph network {",
    `  label=${dotString([levelTitle(network, level)])};`,
    `  node [shape=box, style=rounded, fontname="Helvetica", fontsize=11];`,
    `  edge [fontname="Helvetica", fontsize=9];`,
    `  graph [fontname="Helvetica", fontsize=11, style=rounded];`,
    ...body(level, "  "),
    ...flatEdges(level).map(
      ({ from, to, shape, residual }) =>
        `  ${nameOf(from)} -> ${nameOf(to)} [label=${dotString([formatShape(shape)])}${residual ? ", color=orangered, constraint=false" : ""}];`,
    ),
    "}",
    "",
  ].join("\n");
}

function nodeStyle(item: Leaf): string {
  if (item.kind === "fold") return ", shape=box3d, style=solid";
  return item.kind === "layer" ? "" : ", shape=oval, style=solid";
}

/** Returns lines as a quoted DOT string. Backslashes are doubled, because `\N` and `\l` are escapes in DOT. */
function dotString(lines: readonly string[]): string {
  const escaped = lines.map((line) => printable(line).replaceAll("\\", "\\\\").replaceAll('"', '\\"'));
  return `"${escaped.join("\\n")}"`;
}
