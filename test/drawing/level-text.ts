import type { Item, Level } from "../../src/drawing/drawing.ts";
import { formatShape } from "../../src/ir/shape.ts";

/** Writes a level as lines: each item with the items it reads, each block with its contents below it. */
export function levelText(level: Level, indent = ""): string {
  const name = (place: number): string =>
    place === 0 ? "in" : place > level.items.length ? "out" : (level.items[place - 1]?.name ?? "?");
  const lines = level.items.flatMap((item, i) => {
    const read = level.edges
      .filter(({ to }) => to === i + 1)
      .map(({ from, shape, residual }) => `${name(from)} ${formatShape(shape)}${residual ? " residual" : ""}`);
    return [
      `${indent}${describe(item)} <- ${read.join(", ")}`,
      ...(item.kind === "block" ? [levelText(item.level, `${indent}  `)] : []),
    ];
  });
  const leaving = level.edges.filter(({ to }) => to > level.items.length).map(({ from }) => name(from));
  return [...lines, ...(leaving.length === 0 ? [] : [`${indent}out <- ${leaving.join(", ")}`])].join("\n");
}

function describe(item: Item): string {
  const tags = item.outputs.map((name) => ` [${name}]`).join("");
  switch (item.kind) {
    case "layer":
      return `${item.name}: ${item.parts.join(", ")}${tags}`;
    case "block":
      return `${item.name} (${item.block})${tags}`;
    case "fold":
      return `${item.name} (${item.instances.length} x ${item.block})${tags}`;
    default:
      return `${item.kind} ${item.name}`;
  }
}

/** Every item, including those in blocks and folds. */
export function allItems({ items }: Level): readonly Item[] {
  return items.flatMap((item) => (item.kind === "block" ? [item, ...allItems(item.level)] : [item]));
}
