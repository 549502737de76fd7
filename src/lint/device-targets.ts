/** Devices and libraries that lack some ops. */
export const deviceTargets = ["edge-tpu", "tfjs-layers", "apple-neural-engine"] as const;
export type DeviceTarget = (typeof deviceTargets)[number];
