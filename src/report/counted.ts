import { grouped } from "../text/grouped.ts";

/** `1 layer`, `2 layers`, `2 dispatches`. */
export function counted(count: number, what: string): string {
  const plural = what.endsWith("ch") ? "es" : "s";
  return `${grouped(count)} ${what}${count === 1 ? "" : plural}`;
}
