import { grid1 } from "../wgsl/grid.ts";
import { isNanFunction } from "../wgsl/not-a-number.ts";

/** The most values that are ranked. Each is compared with every other, which is quick for classes and slow for maps. */
const MOST_VALUES = 2 ** 15;

/** The dispatch that finds the largest values of an output. It stands after all others. */
export interface TopKProgram {
  readonly wgsl: string;
  readonly workgroups: readonly [number, number, number];
}

/**
 * Finds the k largest of `count` values, largest first, ties in order of index, NaN last. k is half the length of the buffer bound
 * for them, which gets their indices, then their bits. An invocation takes one value and compares it with all others. Null where
 * there are too many values.
 */
export function topK(count: number): TopKProgram | null {
  if (count > MOST_VALUES) return null;
  const { workgroups, workgroupSize, index } = grid1(count);
  return {
    workgroups,
    wgsl: `// The k largest of ${count} values, largest first, ties in order of index, NaN last.
// One invocation takes one value, counts those that come before it, and so knows its place: no barrier, no second pass.

@group(0) @binding(0) var<storage, read> input: array<f32, ${count}>;
// k indices, then the bits of k values.
@group(0) @binding(1) var<storage, read_write> output: array<u32>;

const COUNT = ${count}u;

${isNanFunction(1)}

@compute @workgroup_size(${workgroupSize.join(", ")})
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  let own = ${index};
  if (own >= COUNT) { return; }
  let value = input[own];
  let value_is_nan = is_nan(value);
  var rank = 0u;
  for (var other = 0u; other < COUNT; other++) {
    let found = input[other];
    let found_is_nan = is_nan(found);
    let larger = select(!found_is_nan && found > value, !found_is_nan, value_is_nan);
    let equal = select(found == value, found_is_nan, value_is_nan);
    rank += select(0u, 1u, larger || (equal && other < own));
  }
  let k = arrayLength(&output) / 2u;
  if (rank < k) {
    output[rank] = own;
    output[k + rank] = bitcast<u32>(value);
  }
}
`,
  };
}
