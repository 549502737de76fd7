import { campaignSeed, campaignSize } from "./campaign.ts";

/** Says before a run of `npm run test:long` how the same cases are drawn again. */
export function setup(): void {
  process.stdout.write(`MNET_CAMPAIGN_SEED=${campaignSeed} MNET_CAMPAIGN_SCALE=${campaignSize(1)}\n`);
}
