import type { PlanRow } from "./plan-report.ts";

/** Names the layers of a row, `block/expand + depthwise + project`, with the folder that they share said once. */
export function layersOfRow({ layers }: Pick<PlanRow, "layers">): string {
  const [first = "", ...rest] = layers;
  const folder = first.slice(0, first.lastIndexOf("/") + 1);
  const short = (path: string) => (folder !== "" && path.startsWith(folder) ? path.slice(folder.length) : path);
  return [first, ...rest.map(short)].join(" + ");
}
