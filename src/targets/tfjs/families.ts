import type { Body } from "./body-tree.ts";
import { camelCase } from "./camel-case.ts";

/** Every body but the network's, by family, inner families first. */
export type Families = ReadonlyMap<string, readonly Body[]>;

export function familiesOf(tree: Body): Families {
  const families = new Map<string, Body[]>();
  const visit = (body: Body): void => {
    for (const item of body.items) {
      if (item.kind !== "body") continue;
      visit(item.body);
      const family = families.get(item.body.family);
      if (family === undefined) families.set(item.body.family, [item.body]);
      else family.push(item.body);
    }
  };
  visit(tree);
  return families;
}

/** A layer with norm and activation gets a helper where there are several of its kind, and not all are one call anyway. */
export function isInline(families: Families, family: string): boolean {
  const bodies = families.get(family) ?? [];
  return family.startsWith("layer:") && (bodies.length === 1 || bodies.every(({ items }) => items.length === 1));
}

/** `layer:conv:plain:norm` is `convNorm`, a block goes by its kind. */
export function helperName(family: string): string {
  const [kind, first = "", second = "", third = ""] = family.split(":");
  if (kind === "block") return camelCase(second);
  const stem = second === "general" ? camelCase(`flexible_${first}`) : first;
  return `${stem}${{ bare: "Act", norm: "Norm", partial: "PartialNorm" }[third] ?? ""}`;
}

const layerNouns: Readonly<Record<string, string>> = {
  conv: "Convolution",
  depthwise: "Depthwise convolution",
  dense: "Dense layer",
};

/** What a helper is for, as a sentence. */
export function helperDoc(family: string, bodies: readonly Body[]): string {
  const [kind, first = "", second = "", third = ""] = family.split(":");
  if (kind === "block") {
    const [only] = bodies;
    const instances =
      bodies.length === 1 ? only?.path : `${bodies.length} times, ${only?.path} to ${bodies.at(-1)?.path}`;
    return `Block ${second}: ${instances}.`;
  }
  const acts = bodies.some(({ items }) => items.some((item) => item.kind === "layer" && item.node.op === "activation"));
  const parts = [
    layerNouns[first] ?? first,
    ...(third === "bare" ? [] : ["batch norm"]),
    ...(acts ? ["activation"] : []),
  ];
  const list = parts.length < 3 ? parts.join(" and ") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
  return `${list}, ${bodies.length} times.`;
}
