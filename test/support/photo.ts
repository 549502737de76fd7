import type { Pixels } from "../../src/targets/webgpu/runtime/model.js";

/** Returns an opaque picture with gradients, edges and noise. The same size gives the same picture. */
export function photo(width: number, height: number): Pixels & { readonly data: Uint8ClampedArray<ArrayBuffer> } {
  const data = new Uint8ClampedArray(4 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const noise = (x * 2654435761 + y * 40503) % 61;
      data.set([(255 * x) / width, (255 * y) / height, (x >> 3) % 2 === 0 ? 200 : noise, 255], 4 * (y * width + x));
    }
  }
  return { width, height, data };
}
