import { channelsOf, type Shape } from "../../ir/shape.ts";

/**
 * Returns the shape of a tensor with one number per channel that broadcasts over a value. ONNX puts the channels of a
 * map before its rows.
 */
export function channelShape(shape: Shape): Shape {
  return shape.length === 3 ? [channelsOf(shape), 1, 1] : [channelsOf(shape)];
}
