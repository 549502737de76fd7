import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { CompileRequest } from "../../src/compile.ts";
import { createSource } from "../../src/text/source.ts";
import { campaignRandom, campaignSize } from "../support/campaign.ts";
import { judgeEdit, readOriginal } from "./judge-edit.ts";
import { editToken, pick } from "./token-edit.ts";

const folder = join(import.meta.dirname, "../../specs");
const request: CompileRequest = {
  network: null,
  set: new Map(),
  read: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : null),
};

it("nine edits in ten that break a shipped spec are told on the edited line", () => {
  const originals = readdirSync(folder)
    .filter((name) => name.endsWith(".mnet"))
    .map((name) => readOriginal(createSource(name, readFileSync(join(folder, name), "utf8")), request));
  const random = campaignRandom("mutations");
  const outcomes = Array.from({ length: campaignSize(200) }, () => {
    const original = pick(originals, random);
    if (original === undefined) throw new Error("there are no specs");
    return judgeEdit(original, editToken(original.source, random)).outcome;
  });
  const broken = outcomes.filter((outcome) => outcome === "located" || outcome === "elsewhere");
  const located = broken.filter((outcome) => outcome === "located");
  expect(broken.length).toBeGreaterThan(outcomes.length / 2);
  expect(located.length / broken.length).toBeGreaterThan(0.9);
});
