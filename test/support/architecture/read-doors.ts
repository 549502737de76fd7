import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Module } from "./read-modules.ts";

/** The large folders, and the files of each that the rest of the project may import. */
export type Doors = Readonly<Record<string, readonly string[]>>;

const doorsSchema = z.record(z.string(), z.array(z.string()));

/** Reads doors.json, which eslint.config.js reads as well. */
export function readDoors(root: string): Doors {
  return doorsSchema.parse(JSON.parse(readFileSync(join(root, "doors.json"), "utf8")));
}

/**
 * Returns a line for each private file of a large folder that a file outside of the folder imports: `src/a.ts <-
 * src/b.ts`.
 */
export function importsPastDoors(modules: readonly Module[], doors: Doors): readonly string[] {
  return roomEntries(modules, doors)
    .filter(({ isDoor }) => !isDoor)
    .map(({ from, to }) => `${to} <- ${from}`);
}

/** Returns the doors that no file outside of their folder imports. */
export function doorsWithoutVisitors(modules: readonly Module[], doors: Doors): readonly string[] {
  const visited = new Set(roomEntries(modules, doors).map(({ to }) => to));
  return Object.entries(doors).flatMap(([room, names]) =>
    names.map((name) => `${room}/${name}`).filter((door) => !visited.has(door)),
  );
}

function roomEntries(modules: readonly Module[], doors: Doors) {
  return Object.entries(doors).flatMap(([room, names]) => {
    const inside = (path: string) => path.startsWith(`${room}/`);
    const isDoor = (path: string) => names.includes(path.slice(room.length + 1));
    return modules
      .filter(({ path }) => !inside(path))
      .flatMap(({ path, imports }) =>
        imports.filter(inside).map((target) => ({ from: path, to: target, isDoor: isDoor(target) })),
      );
  });
}
