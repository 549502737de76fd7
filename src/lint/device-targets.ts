/** Devices and libraries that lack some ops. */
export const deviceTargets = ["edge-tpu", "tfjs-layers", "apple-neural-engine"] as const;
/** A kind of device that a network is to run on: a rule may only concern one. */
export type DeviceTarget = (typeof deviceTargets)[number];
