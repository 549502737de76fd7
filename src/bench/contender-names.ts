/** What can run a network on WebGPU; mnet, which the others are compared with, comes first. */
export const contenderNames = ["mnet", "tfjs-layers", "tfjs-graph", "onnxruntime-web"] as const;
export type ContenderName = (typeof contenderNames)[number];
