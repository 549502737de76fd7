import { mapOf, type Shape } from "../../ir/shape.ts";
import type { BlockOrder } from "../../ir/ops/depth-to-space.ts";
import { onlyInput, type Kernel } from "../kernel.ts";

/** Calls `move` with the index of each element of a deep map, and the index of the same element of its wide map. */
function eachPair(deep: Shape, block: number, order: BlockOrder, move: (deep: number, wide: number) => void): void {
  const { h, w, c } = mapOf(deep);
  const places = block * block;
  const channels = c / places;
  for (let pixel = 0; pixel < h * w; pixel++) {
    const [y, x] = [Math.floor(pixel / w), pixel % w];
    for (let place = 0; place < places; place++) {
      const row = y * block + Math.floor(place / block);
      const column = x * block + (place % block);
      for (let i = 0; i < channels; i++) {
        const channel = order === "tensorflow" ? place * channels + i : i * places + place;
        move(pixel * c + channel, (row * w * block + column) * channels + i);
      }
    }
  }
}

/** Moves the channels of each pixel to a block of pixels. */
export const depthToSpace: Kernel<"depth_to_space"> = (node, inputs) => {
  const { shape, data } = onlyInput(inputs);
  const result = new Float64Array(data.length);
  eachPair(shape, node.blockSize, node.order, (deep, wide) => (result[wide] = data[deep]!));
  return result;
};

/** Moves each block of pixels to the channels of one pixel. */
export const spaceToDepth: Kernel<"space_to_depth"> = (node, inputs) => {
  const { data } = onlyInput(inputs);
  const result = new Float64Array(data.length);
  eachPair(node.shape, node.blockSize, node.order, (deep, wide) => (result[deep] = data[wide]!));
  return result;
};
