import { printable } from "../../diagnostics/printable.ts";
import type { BlockItem, FoldItem, LayerItem, TerminalItem } from "../drawing.ts";

/** The text of a box: a heading and smaller lines below it. An add, sub or mul has only a sign. */
export interface BoxText {
  readonly heading: string;
  readonly lines: readonly string[];
}

const mostCharacters = 60;

export function boxText(item: LayerItem | FoldItem | TerminalItem): BoxText {
  switch (item.kind) {
    case "input":
    case "output":
      return { heading: shortened(item.name), lines: [] };
    case "fold": {
      const lines = [`${item.block}, ${foldedResiduals(item)}`];
      return { heading: `${shortened(item.name)} × ${item.instances.length}`, lines: [...lines, ...tags(item)] };
    }
    case "layer": {
      const sign = joinSign(item);
      if (sign !== null) return { heading: sign, lines: [] };
      return { heading: shortened(item.name), lines: [shortened(item.parts.join(" · ")), ...tags(item)] };
    }
  }
}

/** Returns the title of a block's frame. It includes the block's kind only if the name does not contain it. */
export function frameText({ name, block }: BlockItem): BoxText {
  return { heading: shortened(name), lines: name.startsWith(block) ? [] : [shortened(block)] };
}

/** Returns the sign of a sum, difference or product, drawn in a circle. Returns null if the box has more text. */
export function joinSign(item: LayerItem): string | null {
  if (item.outputs.length > 0 || item.parts.length > 1) return null;
  return item.op === "add" ? "+" : item.op === "sub" ? "−" : item.op === "mul" ? "×" : null;
}

export function foldedResiduals({ instances }: FoldItem): string {
  const residuals = instances.filter(({ residual }) => residual).length;
  if (residuals === 0) return "no residual";
  return residuals === instances.length ? "each with residual" : `${residuals} with residual`;
}

function tags({ outputs }: LayerItem | FoldItem): readonly string[] {
  return outputs.length === 0 ? [] : [shortened(`output ${outputs.join(", ")}`)];
}

/** The text is cut before it is escaped, so that no escape is cut in two. The box's title has the whole text. */
function shortened(text: string): string {
  const characters = Array.from(text);
  return printable(characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters - 1).join("")}…`);
}
