import { campaignSeed, campaignSize } from "./campaign.ts";

/** Prints, before a run of `npm run test:long`, the settings that draw the same cases again. */
export function setup(): void {
  process.stdout.write(`MNET_CAMPAIGN_SEED=${campaignSeed} MNET_CAMPAIGN_SCALE=${campaignSize(1)}\n`);
}
