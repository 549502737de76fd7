import type { FoldItem, LayerItem, TerminalItem } from "../drawing.ts";
import { boxText, joinSign, type BoxText } from "./box-text.ts";

export interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Width in pixels of a character in a heading (13 px, semi-bold) and in a line (11.5 px). It is an upper estimate for
 * all system fonts.
 */
const headingWidth = 7.7;
const lineWidth = 6.5;

/** Distance from a box's top to the baseline of its heading, and between two baselines. */
export const headingBase = 19;
export const lineStep = 16;

const joinDiameter = 26;

/** Space beside the box of a folded row for its residual, and space above it for the edges of the stacked cards. */
export const foldSide = 24;
export const foldTop = 6;

/**
 * Returns the size of a box, estimated from the number of characters, because the font is only known where the picture
 * is shown.
 */
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

/** Returns the width of a frame whose title is to the left of the incoming edge. */
export function titledWidth({ heading, lines }: BoxText): number {
  return 2 * (heading.length * headingWidth + lines.join(" ").length * lineWidth + 28);
}

/** Returns the distance from an edge to the end of its shape label. */
export function valueWidth(label: string): number {
  return 12 + label.length * lineWidth;
}
