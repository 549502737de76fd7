import { printable } from "../../diagnostics/printable.ts";
import type { BlockItem, FoldItem, LayerItem, TerminalItem } from "../drawing.ts";

/** What stands in a box: a heading, and smaller lines below it. Joins have a sign alone. */
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

/** The title in the corner of a block's frame; its kind only where the name does not say it already. */
export function frameText({ name, block }: BlockItem): BoxText {
  return { heading: shortened(name), lines: name.startsWith(block) ? [] : [shortened(block)] };
}

/** A sum, a difference or a product is a sign in a circle, unless there is more to say of it. */
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

/** Cut before it is made printable: an escape is never cut in two. The whole of it is in the box's title. */
function shortened(text: string): string {
  const characters = Array.from(text);
  return printable(characters.length <= mostCharacters ? text : `${characters.slice(0, mostCharacters - 1).join("")}…`);
}
