import type { Module } from "./read-modules.ts";

type Edges = ReadonlyMap<string, ReadonlySet<string>>;

/** Returns the strongly connected components with more than one node, by Tarjan's algorithm (1972). */
export function findCircles(edges: Edges): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  const visit = (node: string): number => {
    const index = order.size;
    order.set(node, index);
    stack.push(node);
    let low = index;
    for (const next of edges.get(node) ?? []) {
      if (!order.has(next)) low = Math.min(low, visit(next));
      else if (stack.includes(next)) low = Math.min(low, lowest.get(next) ?? order.get(next) ?? low);
      lowest.set(node, low);
    }
    if (low === index) {
      const circle = stack.splice(stack.indexOf(node));
      if (circle.length > 1) circles.push(circle.sort());
    }
    return low;
  };
  for (const node of edges.keys()) if (!order.has(node)) visit(node);
  return circles;
}

/** Returns the import cycles of files. */
export function fileCircles(modules: readonly Module[]): readonly (readonly string[])[] {
  return findCircles(new Map(modules.map(({ path, imports }) => [path, new Set(imports)])));
}

/**
 * Returns the import cycles of folders. An import is an edge between the two entries, folders or files, at which the
 * paths of the two files diverge: for `src/lower/trace.ts` and `src/lower/values/value.ts` these are
 * `src/lower/trace.ts` and `src/lower/values`. Only cycles with a folder are returned; `fileCircles` returns those of
 * files. `grammar` counts as a folder of `src`.
 */
export function roomCircles(modules: readonly Module[]): readonly (readonly string[])[] {
  const edges = new Map<string, Set<string>>();
  for (const { path, imports } of modules) {
    for (const target of imports) {
      const [from, to] = partingEntries(inSource(path), inSource(target));
      edges.set(from, (edges.get(from) ?? new Set()).add(to));
    }
  }
  const isFolder = (entry: string) => !/\.(ts|js)$/.test(entry);
  return findCircles(edges).filter((circle) => circle.some(isFolder));
}

function inSource(path: string): string {
  return path.startsWith("src/") ? path : `src/${path}`;
}

function partingEntries(from: string, to: string): readonly [string, string] {
  const [a, b] = [from.split("/"), to.split("/")];
  const parting = a.findIndex((part, depth) => part !== b[depth]);
  return [a.slice(0, parting + 1).join("/"), b.slice(0, parting + 1).join("/")];
}
