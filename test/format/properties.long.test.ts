import fc from "fast-check";
import { it } from "vitest";
import { campaignSeed, campaignSize } from "../support/campaign.ts";
import { formatProperty } from "./format-property.ts";

it("formats any program to one form of the same program", () => {
  fc.assert(formatProperty, { numRuns: campaignSize(2000), seed: campaignSeed });
});
