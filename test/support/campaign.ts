import { z } from "zod";
import { randomSource, type RandomSource } from "../../src/weights/random.ts";

const setting = (name: string, least: number, fallback: number): number =>
  z.coerce
    .number()
    .int()
    .min(least)
    .parse(process.env[name] ?? fallback, { error: () => `${name} is not a whole number` });

/** `MNET_CAMPAIGN_SEED=7 npm run test:long` draws other cases, and `MNET_CAMPAIGN_SCALE=20` draws twenty times as many. */
export const campaignSeed = setting("MNET_CAMPAIGN_SEED", 1, 1);
const scale = setting("MNET_CAMPAIGN_SCALE", 1, 1);

/** Returns the number of cases of a campaign that has `cases` of them in CI. */
export function campaignSize(cases: number): number {
  return scale * cases;
}

/** Returns seeds for random networks. They differ from the small seeds of the short tests. */
export function campaignSeeds(cases: number): readonly number[] {
  return Array.from({ length: campaignSize(cases) }, (_unused, index) => 100_000 * campaignSeed + index);
}

/** Returns the source of a campaign's random numbers. */
export function campaignRandom(name: string): RandomSource {
  return randomSource(campaignSeed, name);
}
