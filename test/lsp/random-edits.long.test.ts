import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { campaignRandom, campaignSize } from "../support/campaign.ts";
import { editOnce, openWorkspace, shown } from "./random-edits.ts";

const folder = join(import.meta.dirname, "../../specs");
const specs = readdirSync(folder).filter((name) => name.endsWith(".mnet"));

it.each(specs)("%s: after random edits the server shows what a fresh parse shows", (name) => {
  const original = readFileSync(join(folder, name), "utf8");
  const random = campaignRandom(name);
  let workspace = openWorkspace(original);
  for (let edit = 0; edit < campaignSize(15); edit++) {
    // A text is broken beyond use after a while.
    if (edit % 15 === 0) workspace = openWorkspace(original);
    editOnce(workspace, edit + 2, random);
    const { text } = workspace.stateOfUri("file:///specs/edited.mnet")?.source ?? { text: "" };
    expect(shown(workspace)).toBe(shown(openWorkspace(text)));
  }
});
