import type { ShapedNodeOf } from "../../../ir/graph.ts";
import { normCells } from "../../../ir/ops/sample-norm.ts";
import { channelsOf, elementsOf, formatShape } from "../../../ir/shape.ts";
import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { inputBinding, lanesFor, load, zeroOf } from "../wgsl/binding.ts";
import { elementEpilogue } from "../wgsl/epilogue.ts";
import { grid2, powerOfTwoUpTo } from "../wgsl/grid.ts";
import { kernelProgram, type KernelProgram } from "../wgsl/kernel-program.ts";
import { learnedVector } from "../wgsl/learned-vector.ts";

/** Invocations of a workgroup: few for the channels of a pixel, many for the pixels of a map. */
const PIXEL_WORKGROUP = 64;
const MAP_WORKGROUP = 256;

const titles = { layer: "Layer", rms: "RMS", group: "Group", instance: "Instance" } as const;

/**
 * A norm by the sample's own numbers. A workgroup computes a cell, the numbers that share a mean and a deviation, which it reads
 * three times: for the mean, for the squares of the differences from it, and to write.
 */
export function sampleNorm(
  node: ShapedNodeOf<"sample_norm">,
  stages: readonly EpilogueStage[],
  layout: StepLayout,
): KernelProgram {
  const { shape, kind, eps } = node;
  const c = channelsOf(shape);
  const elements = elementsOf(shape);
  const { pixels, width, groups } = normCells(node, shape);
  const cells = elements / (pixels * width);
  const lanes = lanesFor(width);
  const items = (pixels * width) / lanes;
  const size = powerOfTwoUpTo(items, pixels === 1 ? PIXEL_WORKGROUP : MAP_WORKGROUP);
  const input = inputBinding("input", lanes, elements, layout.inputs[0]);
  const vector = (slot: "gamma" | "beta") => learnedVector(node.path, slot, c, lanes, layout.weights);
  const gamma = node.scale ? vector("gamma") : null;
  const beta = node.center ? vector("beta") : null;
  const epilogue = elementEpilogue(stages, elements, lanes, layout);
  // One workgroup a cell, folded like any second coordinate.
  const { workgroups } = grid2(1, cells * PIXEL_WORKGROUP);
  const [, perLayer, layers] = workgroups;
  const total = (value: string) => (lanes === 4 ? `dot(${value}, vec4<f32>(1.0))` : value);
  const loop = (line: string) => `for (var i = local.x; i < ITEMS; i += SIZE) { ${line} }`;
  const shared = (value: string) => [
    `shared_values[local.x] = ${total(value)};`,
    "for (var half = SIZE / 2u; half > 0u; half /= 2u) {",
    "  workgroupBarrier();",
    "  if (local.x < half) { shared_values[local.x] += shared_values[local.x + half]; }",
    "}",
    "workgroupBarrier();",
  ];
  const scaled = `(${load(input, "at")} - mean) * factor`;
  const result = [
    scaled,
    ...(gamma === null ? [] : [` * ${load(gamma, "channel")}`]),
    ...(beta === null ? [] : [` + ${load(beta, "channel")}`]),
  ].join("");
  const flags = `${node.scale ? "" : "_unscaled"}${node.center || kind === "rms" ? "" : "_uncentered"}`;
  return kernelProgram({
    name: `${kind}${kind === "group" ? groups : ""}_norm_${formatShape(shape)}_eps${eps}${flags}${epilogue.name}`,
    workgroups: [1, perLayer, layers],
    workgroupBytes: size * 4,
    cost: { macs: 3 * elements, loads: 3 * elements },
    comment: [
      `${titles[kind]} norm of ${formatShape(shape)}: ${cells} ${cells === 1 ? "cell" : "cells"} of ${pixels * width} values${epilogue.words}.`,
      `A workgroup computes a cell; its ${size} ${size === 1 ? "invocation takes" : "invocations take"} every ${size}th ${lanes === 4 ? "vector of 4 channels" : "value"}, and sum by halving in workgroup memory.`,
    ],
    inputs: [input, ...epilogue.inputs],
    weights: [...(gamma === null ? [] : [gamma]), ...(beta === null ? [] : [beta]), ...epilogue.weights],
    output: epilogue.output,
    declarations: [
      `const CELLS = ${cells}u;\nconst GROUPS = ${groups}u;\nconst ITEMS = ${items}u;\nconst WIDTH = ${width / lanes}u;\nconst CHANNELS = ${c / lanes}u;\nconst SIZE = ${size}u;`,
      `var<workgroup> shared_values: array<f32, ${size}>;`,
      ...epilogue.functions,
    ],
    workgroupSize: [size, 1, 1],
    builtins: ["workgroup_id", "local_invocation_id"],
    body: [
      `let cell = group.y${layers > 1 ? ` + group.z * ${perLayer}u` : ""};`,
      "if (cell >= CELLS) { return; }",
      "let first_channel = cell % GROUPS * WIDTH;",
      "let first = cell / GROUPS * (ITEMS / WIDTH) * CHANNELS + first_channel;",
      ...(kind === "rms"
        ? ["let mean = 0.0;"]
        : [
            `var sum = ${zeroOf(lanes)};`,
            loop(`sum += ${load(input, "first + i / WIDTH * CHANNELS + i % WIDTH")};`),
            ...shared("sum"),
            `let mean = shared_values[0] / ${pixels * width}.0;`,
            "workgroupBarrier();",
          ]),
      `var squares = ${zeroOf(lanes)};`,
      "for (var i = local.x; i < ITEMS; i += SIZE) {",
      `  let difference = ${load(input, "first + i / WIDTH * CHANNELS + i % WIDTH")} - mean;`,
      "  squares += difference * difference;",
      "}",
      ...shared("squares"),
      `let factor = inverseSqrt(shared_values[0] / ${pixels * width}.0 + ${eps});`,
      "for (var i = local.x; i < ITEMS; i += SIZE) {",
      "  let at = first + i / WIDTH * CHANNELS + i % WIDTH;",
      ...(gamma === null && beta === null ? [] : ["  let channel = first_channel + i % WIDTH;"]),
      `  finish(${result}, at);`,
      "}",
    ],
  });
}
