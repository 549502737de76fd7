import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { expectFormatted } from "./expect-formatted.ts";

const folder = new URL("cases/", import.meta.url);

it.each(readdirSync(folder).filter((name) => name.endsWith(".mnet")))("%s", async (name) => {
  const formatted = expectFormatted(readFileSync(new URL(name, folder), "utf8"), null);
  await expect(formatted).toMatchFileSnapshot(new URL(name.replace(".mnet", ".expected"), folder).pathname);
});
