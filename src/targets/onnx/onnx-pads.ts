import type { Pads } from "../../ir/window.ts";

/** Returns the pads in the order of ONNX: those before each axis, then those after each axis. */
export function onnxPads([top, bottom, left, right]: Pads): readonly number[] {
  return [top, left, bottom, right];
}
