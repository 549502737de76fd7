import { existsSync } from "node:fs";

/** A worker's bundle, beside this one or above its chunks; null where the sources run without a bundle, in this thread. */
export function workerFile(name: string): URL | null {
  const places = [`./${name}.js`, `../${name}.js`].map((path) => new URL(path, import.meta.url));
  return places.find((place) => existsSync(place)) ?? null;
}
