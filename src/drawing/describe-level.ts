import { formatShape } from "../ir/shape.ts";
import type { Item, Level } from "./drawing.ts";
import { counted } from "../text/counted.ts";

const mostDescribed = 60;

/** Returns the title of a drawing: `MobileNetV2: 52 layers, 10 residuals`. */
export function levelTitle(network: string, level: Level): string {
  const layers = countLayers(level);
  const residuals = countResiduals(level.items);
  return `${network}: ${counted(layers, "layer")}, ${counted(residuals, "residual")}`;
}

/** Describes the graph in words, item by item, starting at its input. */
export function describeLevel(level: Level): string {
  const said = level.items.slice(0, mostDescribed).map(sayItem);
  const more = level.items.length > mostDescribed ? [`and ${level.items.length - mostDescribed} more`] : [];
  return `From input to output: ${[...said, ...more].join("; ")}.`;
}

function sayItem(item: Item): string {
  switch (item.kind) {
    case "input":
    case "output":
      return `${item.kind} ${item.name} of ${formatShape(item.shape)}`;
    case "layer":
      return `${item.name}, ${item.parts.join(", ")}, to ${formatShape(item.shape)}`;
    case "block":
      return `block ${item.name}, ${item.block}${item.residual ? " with residual" : ""}, to ${formatShape(item.shape)}`;
    case "fold":
      return `${item.instances.length} times ${item.block} in row ${item.name}, to ${formatShape(item.shape)}`;
  }
}

function countLayers({ items }: Level): number {
  return items.reduce((sum, item) => sum + layersOf(item), 0);
}

/** The compiler adds the sum of a residual, so it is not counted as a layer. */
function layersOf(item: Item): number {
  if (item.kind === "layer") return 1;
  if (item.kind === "block") return countLayers(item.level) - (item.residual ? 1 : 0);
  return item.kind === "fold" ? item.instances.reduce((sum, instance) => sum + layersOf(instance), 0) : 0;
}

function countResiduals(items: readonly Item[]): number {
  return items.reduce((sum, item) => {
    if (item.kind === "fold") return sum + countResiduals(item.instances);
    return item.kind === "block" ? sum + (item.residual ? 1 : 0) + countResiduals(item.level.items) : sum;
  }, 0);
}
