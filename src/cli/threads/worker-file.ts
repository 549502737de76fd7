import { existsSync } from "node:fs";

/** Returns the bundle of a worker, beside this one or in the folder above. Returns null where the sources run without a bundle. */
export function workerFile(name: string): URL | null {
  const places = [`./${name}.js`, `../${name}.js`].map((path) => new URL(path, import.meta.url));
  return places.find((place) => existsSync(place)) ?? null;
}
