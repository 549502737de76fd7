import type { BlockItem, Item, Level } from "../drawing.ts";
import type { Leaf } from "./flat-edges.ts";

/** Returns names for the nodes of a text format. They are made of numbers, so they contain no text from users. */
export function nodeNames(level: Level): ReadonlyMap<Item, string> {
  const names = new Map<Item, string>();
  const visit = ({ items }: Level): void => {
    for (const item of items) {
      names.set(item, `n${names.size}`);
      if (item.kind === "block") visit(item.level);
    }
  };
  visit(level);
  return names;
}

/** Returns the lines of a node's label. */
export function labelLines(item: Leaf): readonly string[] {
  const tags = item.outputs.length === 0 ? [] : [`output ${item.outputs.join(", ")}`];
  switch (item.kind) {
    case "input":
    case "output":
      return [item.name];
    case "layer":
      return [item.name, item.parts.join(", "), ...tags];
    case "fold":
      return [`${item.name} x ${item.instances.length}`, item.block, ...tags];
  }
}

export function blockTitle({ name, block }: BlockItem): string {
  return name.startsWith(block) ? name : `${name}, ${block}`;
}
