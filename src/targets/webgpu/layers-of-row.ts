import type { PlanRow } from "./plan-report.ts";

/** `block/expand + depthwise + project`: what the paths share is said once. */
export function layersOfRow({ layers }: Pick<PlanRow, "layers">): string {
  const [first = "", ...rest] = layers;
  const folder = first.slice(0, first.lastIndexOf("/") + 1);
  const short = (path: string) => (folder !== "" && path.startsWith(folder) ? path.slice(folder.length) : path);
  return [first, ...rest.map(short)].join(" + ");
}
