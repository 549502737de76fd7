const files = import.meta.glob<string>("../../specs/*.mnet", { query: "?raw", import: "default", eager: true });

/** The text of every shipped spec, by file name. */
export const shippedSpecs: ReadonlyMap<string, string> = new Map(
  Object.entries(files).map(([path, text]) => [path.slice(path.lastIndexOf("/") + 1), text]),
);
