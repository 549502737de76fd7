import type { ShapedNode } from "../../ir/graph.ts";
import type { Body } from "./body-tree.ts";
import { familyKey, type Family, type LayerForm } from "./family.ts";
import type { LayersOf, SourceLanguage } from "./source-language.ts";

/** Returns all bodies except the network's, grouped by the key of their family. Inner families come first. */
export type Families = ReadonlyMap<string, { readonly family: Family; readonly bodies: readonly Body[] }>;

export function familiesOf(tree: Body): Families {
  const families = new Map<string, { family: Family; bodies: Body[] }>();
  const visit = (body: Body): void => {
    for (const item of body.items) {
      if (item.kind !== "body") continue;
      visit(item.body);
      const key = familyKey(item.family);
      const found = families.get(key);
      if (found === undefined) families.set(key, { family: item.family, bodies: [item.body] });
      else found.bodies.push(item.body);
    }
  };
  visit(tree);
  return families;
}

/** Returns the layers of each node. The choice is the same for all nodes of a family. */
export function familyLayers<L extends string>(families: Families, language: SourceLanguage<L>): LayersOf<L> {
  const nodesOf = (body: Body): readonly ShapedNode[] =>
    body.items.flatMap((item) => (item.kind === "layer" ? [item.node] : []));
  return language.layersOf([...families.values()].map(({ bodies }) => bodies.flatMap(nodesOf)));
}

/**
 * Returns true if a layer with its norm and activation needs no helper: its family has one member, or each member is a
 * single call.
 */
export function isInline(families: Families, family: Family): boolean {
  const bodies = families.get(familyKey(family))?.bodies ?? [];
  return family.kind === "layer" && (bodies.length === 1 || bodies.every(({ items }) => items.length === 1));
}

/** The word for each norm in a helper's name, and the word in the helper's comment. */
const normWords: Readonly<Record<LayerForm["norm"], { readonly name: string; readonly nouns: readonly string[] }>> = {
  none: { name: "act", nouns: [] },
  whole: { name: "norm", nouns: ["batch norm"] },
  partial: { name: "partial_norm", nouns: ["batch norm"] },
  layer: { name: "layer_norm", nouns: ["layer norm"] },
  rms: { name: "rms_norm", nouns: ["RMS norm"] },
  group: { name: "group_norm", nouns: ["group norm"] },
  instance: { name: "instance_norm", nouns: ["instance norm"] },
};

/** Returns the name of a family's helper: the kind of a block, or `conv_norm` and the like in the language's style. */
export function helperName<L extends string>(family: Family, { identifier }: SourceLanguage<L>): string {
  if (family.kind === "block") return identifier(family.block);
  const { name } = normWords[family.norm];
  const tail = family.act === "plain" ? name : family.norm === "none" ? "prelu" : `${name}_prelu`;
  return identifier(`${family.general ? "flexible_" : ""}${family.op}_${tail}`);
}

const layerNouns = {
  conv: "Convolution",
  conv_transpose: "Transposed convolution",
  depthwise: "Depthwise convolution",
  dense: "Dense layer",
} as const;

/** Describes a helper in a sentence. */
export function helperDoc(family: Family, bodies: readonly Body[]): string {
  if (family.kind === "block") {
    const [only] = bodies;
    const instances =
      bodies.length === 1 ? only?.path : `${bodies.length} times, ${only?.path} to ${bodies.at(-1)?.path}`;
    return `Block ${family.block}: ${instances}.`;
  }
  const acts = bodies.some(({ items }) =>
    items.some((item) => item.kind === "layer" && (item.node.op === "activation" || item.node.op === "prelu")),
  );
  const parts = [layerNouns[family.op], ...normWords[family.norm].nouns, ...(acts ? ["activation"] : [])];
  const list = parts.length < 3 ? parts.join(" and ") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return `${list}, ${bodies.length} times.`;
}
