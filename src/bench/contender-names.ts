/** The programs that can run a network on WebGPU. mnet comes first, and the others are compared with it. */
export const contenderNames = ["mnet", "tfjs-layers", "tfjs-graph", "onnxruntime-web"] as const;
export type ContenderName = (typeof contenderNames)[number];
