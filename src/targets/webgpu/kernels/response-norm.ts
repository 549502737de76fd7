import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { channelsOf, elementsOf, formatShape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { inputBinding, lanesFor, load, zeroOf } from "../wgsl/binding.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid2, powerOfTwoUpTo } from "../wgsl/grid.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { learnedVector } from "../wgsl/learned-vector.ts";

const WORKGROUP = 64;
/** Values, or vectors of four, that an invocation writes: few, so that many workgroups share the map. */
const ITEMS_EACH = 16;

/**
 * A global response norm, after the lengths of the channels. A workgroup sums all lengths by halving in workgroup memory, and then writes
 * its piece of the map.
 */
export function responseNorm(
  node: ShapedNodeOf<"response_norm">,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { shape, eps } = node;
  const c = channelsOf(shape);
  const elements = elementsOf(shape);
  const lanes = lanesFor(c);
  const channels = c / lanes;
  const items = elements / lanes;
  const size = powerOfTwoUpTo(Math.max(channels, Math.ceil(items / ITEMS_EACH)), WORKGROUP);
  const pieces = Math.ceil(items / (size * ITEMS_EACH));
  const input = inputBinding("input", lanes, elements, layout.inputs[0]);
  const lengths = inputBinding("lengths", lanes, c, layout.inputs[1]);
  const vector = (slot: "gamma" | "beta") => learnedVector(node.path, slot, c, lanes, layout.weights);
  const [gamma, beta] = [vector("gamma"), vector("beta")];
  const epilogue = elementEpilogue(stages, elements, lanes, layout);
  // One workgroup a piece, folded like any second coordinate.
  const { workgroups } = grid2(1, pieces * WORKGROUP);
  const [, perLayer, layers] = workgroups;
  const total = lanes === 4 ? "dot(sum, vec4<f32>(1.0))" : "sum";
  return kernelProgram({
    name: `response_norm_${formatShape(shape)}_eps${eps}${epilogue.name}`,
    workgroups: [1, perLayer, layers],
    workgroupBytes: size * 4,
    cost: { macs: 3 * elements, loads: 4 * elements + pieces * c },
    comment: [
      `Global response norm of ${formatShape(shape)} by the lengths of its channels${epilogue.words}.`,
      `A workgroup sums all lengths by halving in workgroup memory, and writes ${size * ITEMS_EACH} ${lanes === 4 ? "vectors of 4 channels" : "values"}.`,
    ],
    inputs: [input, lengths, ...epilogue.inputs],
    weights: [gamma, beta, ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      `const ITEMS = ${items}u;\nconst CHANNELS = ${channels}u;\nconst SIZE = ${size}u;\nconst PIECE = ${size * ITEMS_EACH}u;`,
      `var<workgroup> shared_values: array<f32, ${size}>;`,
      ...epilogue.functions,
    ],
    workgroupSize: [size, 1, 1],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      `var sum = ${zeroOf(lanes)};`,
      `for (var i = local.x; i < CHANNELS; i += SIZE) { sum += ${load(lengths, "i")}; }`,
      `shared_values[local.x] = ${total};`,
      "for (var half = SIZE / 2u; half > 0u; half /= 2u) {",
      "  workgroupBarrier();",
      "  if (local.x < half) { shared_values[local.x] += shared_values[local.x + half]; }",
      "}",
      "workgroupBarrier();",
      `let factor = 1.0 / (shared_values[0] / ${c}.0 + ${eps});`,
      `let first = (group.y${layers > 1 ? ` + group.z * ${perLayer}u` : ""}) * PIECE;`,
      "for (var at = first + local.x; at < min(first + PIECE, ITEMS); at += SIZE) {",
      "  let channel = at % CHANNELS;",
      `  let value = ${load(input, "at")};`,
      `  finish(value + ${load(gamma, "channel")} * value * (${load(lengths, "channel")} * factor) + ${load(beta, "channel")}, at);`,
      "}",
    ],
  });
}
