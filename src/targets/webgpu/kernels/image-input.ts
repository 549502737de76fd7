import type { Normalization } from "../../../ir/graph.ts";
import { asMap, elementsOf, formatShape, type Shape } from "../../../ir/shape.ts";
import { pixelChannels } from "../wgsl/image-pixel.ts";

const WORKGROUP = 8;

/** The dispatch that makes the input from a texture of any size. It stands before all others. */
export interface ImageProgram {
  readonly wgsl: string;
  readonly workgroups: readonly [number, number, number];
}

/**
 * Makes the network's input from an image of any size, as rgba8unorm: scaled until it covers the input, the middle cut out,
 * channels 0 to 255, normalised. An invocation computes one pixel of the input. Null where the channels are not those of an image.
 */
export function imageInput(shape: Shape, normalization: Normalization | null): ImageProgram | null {
  const map = asMap(shape);
  if (map === null) return null;
  const { h, w, c } = map;
  const channels = pixelChannels(c, normalization);
  if (channels === null) return null;
  return {
    workgroups: [Math.ceil(w / WORKGROUP), Math.ceil(h / WORKGROUP), 1],
    wgsl: `// An image of any size to the network's input, ${formatShape(shape)}: scaled until it covers the input, the middle cut out${normalization === null ? "" : ", normalised"}.
// One invocation computes one pixel of the input. It weighs the image's pixels by their distance: a triangle, two pixels wide
// where the image grows (bilinear), and wider as the image shrinks, so that none is left out.

@group(0) @binding(0) var image: texture_2d<f32>;
@group(0) @binding(1) var<storage, read_write> output: array<f32, ${elementsOf(shape)}>;

@compute @workgroup_size(${WORKGROUP}, ${WORKGROUP}, 1)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let size = vec2<f32>(${w}.0, ${h}.0);
  if (id.x >= ${w}u || id.y >= ${h}u) { return; }
  let pixels = vec2<i32>(textureDimensions(image));
  // Of the image's pixels, how many make one of the input.
  let scale = min(f32(pixels.x) / size.x, f32(pixels.y) / size.y);
  let centre = (vec2<f32>(pixels) - scale * size) / 2.0 + scale * (vec2<f32>(id.xy) + 0.5);
  let reach = max(scale, 1.0);
  let first = max(vec2<i32>(ceil(centre - reach - 0.5)), vec2<i32>());
  let last = min(vec2<i32>(floor(centre + reach - 0.5)), pixels - 1);
  var sum = vec4<f32>();
  var total = 0.0;
  for (var y = first.y; y <= last.y; y++) {
    let row = 1.0 - abs(f32(y) + 0.5 - centre.y) / reach;
    for (var x = first.x; x <= last.x; x++) {
      let weight = row * (1.0 - abs(f32(x) + 0.5 - centre.x) / reach);
      sum += weight * textureLoad(image, vec2<i32>(x, y), 0);
      total += weight;
    }
  }
  let pixel = 255.0 * sum / total;
  let at = (id.y * ${w}u + id.x) * ${c}u;
${channels.map((value, channel) => `  output[at + ${channel}u] = ${value};`).join("\n")}
}
`,
  };
}
