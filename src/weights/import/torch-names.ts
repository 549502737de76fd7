import { compareNatural } from "../../text/compare-natural.ts";

/**
 * The execution order of timm's and torchvision's modules inside their parent, for names whose order follows neither
 * from the alphabet nor from a number.
 */
const places: ReadonlyMap<string, number> = new Map([
  ["stem", -1],
  ["conv_stem", -1],
  ["features", 1.5],
  ["blocks", 1.5],
  ["layers", 1.5],
  ["stages", 1.5],
  ["trunk_output", 1.5],
  ["block", 1],
  ["conv", 1],
  ["f", 1],
  ["dw_start", 0],
  ["conv_exp", 0],
  ["pw_exp", 1],
  ["dw_mid", 2],
  ["conv_dw", 2],
  ["se", 2.5],
  ["conv_pwl", 4],
  ["pw_proj", 4],
  ["dw_end", 5],
  ["reduce", 1],
  ["squeeze", 1],
  ["conv_reduce", 1],
  ["expand", 2],
  ["conv_expand", 2],
  ["conv_head", 90],
  ["norm_head", 91],
  ["norm", 91],
  ["head", 100],
  ["classifier", 100],
  ["fc", 100],
  ["linear", 100],
]);

/** Modules that are only containers. Their children are ordered by their own names. */
const wrappers = new Set(["model", "module", "backbone", "encoder"]);

/** Words that are followed by a number: `conv2`, `bn1`, `layer3`. */
const numbered = new Set([
  "conv",
  "bn",
  "norm",
  "layer",
  "block",
  "fc",
  "denseblock",
  "denselayer",
  "transition",
  "stage",
  "branch",
]);

/** Modules of residual projections, which are parallel to the main path. */
const sideModules = new Set(["downsample", "shortcut", "skip", "proj"]);

export function isSideModule(name: string): boolean {
  return name.split(".").some((part) => sideModules.has(part));
}

interface Place {
  readonly at: number;
  /** For equal numbers, convs come before norms, and norms before stages: `conv1`, `bn1`, `layer1`. */
  readonly rank: number;
}

function placeOf(part: string, parent: ReadonlySet<string>): Place | null {
  // timm's depthwise-separable block has the pointwise conv last, its inverted residual first.
  if (part === "conv_pw") return { at: parent.has("conv_pwl") ? 1 : 4, rank: 0 };
  if (sideModules.has(part)) return { at: 80, rank: 2 };
  const place = places.get(part);
  if (place !== undefined) return { at: place, rank: 2 };
  const [, word = "", digits = ""] = /^([a-z_]*?)_?(\d+)$/.exec(part) ?? [];
  if (digits === "") return null;
  if (word === "") return { at: Number(digits), rank: 2 };
  if (!numbered.has(word)) return null;
  return { at: Number(digits), rank: word === "conv" ? 0 : word === "bn" || word === "norm" ? 1 : 2 };
}

/** Orders modules as they run. */
export interface TorchOrder {
  /** True if the position of each part of the name is known. */
  readonly knows: (name: string) => boolean;
  readonly compare: (a: string, b: string) => number;
}

/**
 * Compares two module names by the order in which a PyTorch model runs the modules. The names of torchvision and timm
 * give this order: by number, and by the known position of a few words. The order in a safetensors file is
 * alphabetical and so does not help.
 */
export function torchOrder(names: readonly string[]): TorchOrder {
  const siblings = new Map<string, Set<string>>();
  const partsOf = (name: string) => name.split(".").filter((part) => !wrappers.has(part));
  for (const name of names) {
    const parts = partsOf(name);
    parts.forEach((part, depth) => {
      const parent = parts.slice(0, depth).join(".");
      const known = siblings.get(parent) ?? new Set();
      siblings.set(parent, known.add(part));
    });
  }
  const placesOf = (name: string) => {
    const parts = partsOf(name);
    return parts.map((part, depth) => placeOf(part, siblings.get(parts.slice(0, depth).join(".")) ?? new Set()));
  };
  return {
    knows: (name) => placesOf(name).every((place) => place !== null),
    compare(a, b) {
      const [left, right] = [partsOf(a), partsOf(b)];
      const [placesLeft, placesRight] = [placesOf(a), placesOf(b)];
      for (let depth = 0; depth < Math.min(left.length, right.length); depth++) {
        const [x, y] = [placesLeft[depth], placesRight[depth]];
        const difference = (x?.at ?? 0) - (y?.at ?? 0) || (x?.rank ?? 0) - (y?.rank ?? 0);
        // Modules of different parents never compare by what stands inside them.
        const order = difference === 0 ? compareNatural(left[depth]!, right[depth]!) : difference;
        if (order !== 0) return order;
      }
      return left.length - right.length || (a < b ? -1 : a > b ? 1 : 0);
    },
  };
}

/** Returns a name without its numbers. Names with equal patterns differ only in their numbers. */
export function namePattern(name: string): string {
  return name.replace(/\d+/g, "#");
}

/** Returns the names that the norm after a layer may have: `a.bn1` for `a.conv1`, `a.1` for `a.0`. */
export function normNames(layer: string): readonly string[] {
  const [, parent = "", leaf = ""] = /^(.*?)([^.]*)$/.exec(layer) ?? [];
  if (/^\d+$/.test(leaf)) return [`${parent}${Number(leaf) + 1}`];
  return leaf.includes("conv")
    ? [`${parent}${leaf.replace("conv", "bn")}`, `${parent}${leaf.replace("conv", "norm")}`]
    : [];
}
