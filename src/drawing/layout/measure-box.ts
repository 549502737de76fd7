import type { FoldItem, LayerItem, TerminalItem } from "../drawing.ts";
import { boxText, joinSign, type BoxText } from "./box-text.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Pixels a character of a heading (13 px, half bold) and of a line (11.5 px) takes, on the wide side for every system font. */
const headingWidth = 7.7;
const lineWidth = 6.5;

/** From a box's top to the base of its heading, and from base to base. */
export const headingBase = 19;
export const lineStep = 16;

const joinDiameter = 26;

/** Beside a fold's card, for its residual; above it, for the edges of the cards behind it. */
export const foldSide = 24;
export const foldTop = 6;

/** Room for a box, made from the number of characters: fonts are measured only where the picture is shown. */
export function measureBox(item: LayerItem | FoldItem | TerminalItem): Size {
  if (item.kind === "layer" && joinSign(item) !== null) return { width: joinDiameter, height: joinDiameter };
  const text = boxText(item);
  const height = headingBase + text.lines.length * lineStep + 10;
  const width = Math.max(64, Math.ceil(textWidth(text)) + 28);
  return item.kind === "fold" ? { width: width + 2 * foldSide, height: height + foldTop } : { width, height };
}

export function textWidth({ heading, lines }: BoxText): number {
  return Math.max(heading.length * headingWidth, ...lines.map((line) => line.length * lineWidth));
}

/** Of a frame that has its title to the left of the value that comes in. */
export function titledWidth({ heading, lines }: BoxText): number {
  return 2 * (heading.length * headingWidth + lines.join(" ").length * lineWidth + 28);
}

/** From an edge to the end of the shape beside it. */
export function valueWidth(label: string): number {
  return 12 + label.length * lineWidth;
}
