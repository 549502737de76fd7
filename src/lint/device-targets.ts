/** What runs a network and lacks ops that others have. */
export const deviceTargets = ["edge-tpu", "tfjs-layers", "apple-neural-engine"] as const;
export type DeviceTarget = (typeof deviceTargets)[number];
