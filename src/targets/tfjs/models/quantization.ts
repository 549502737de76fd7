/** Types that the kernels of a tf.js model are stored in instead of float32. */
export const quantizations = ["float16", "uint8"] as const;
export type Quantization = (typeof quantizations)[number];
