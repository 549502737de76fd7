import type { EpilogueStage } from "../schedule/schedule.ts";
import { activationCall, activationFunctions } from "./activation.ts";
import { typeOf, type Binding } from "./kernel-program.ts";

/** The way of a value from a register to memory: activations, added values, the store. */
export interface Epilogue {
  /** Suffix for the program's name: `_relu6_add`. */
  readonly name: string;
  /** Words for its comment: `, relu6, sum`; empty where nothing happens. */
  readonly words: string;
  /** The added values, bound behind the step's inputs. */
  readonly inputs: readonly Binding[];
  readonly output: Binding;
  readonly functions: readonly string[];
}

function describe(stages: readonly EpilogueStage[]) {
  const words = stages.map((stage) => (stage.kind === "add" ? "add" : stage.activation.fn));
  return { name: words.map((word) => `_${word}`).join(""), words: words.map((word) => `, ${word}`).join("") };
}

/** Statements that take `value` through the stages; `read` is an added value at the place of the output. */
function stageLines(stages: readonly EpilogueStage[], read: (name: string) => string): readonly string[] {
  let term = 0;
  return stages.map((stage) =>
    stage.kind === "add"
      ? `  value += ${read(`added${term++}`)};`
      : `  value = ${activationCall(stage.activation, "value")};`,
  );
}

/**
 * Declares `finish(value, at)`, which writes element `at` (a vector of four where `lanes` is 4) of an output of `elements`
 * floats.
 */
export function elementEpilogue(
  stages: readonly EpilogueStage[],
  elements: number,
  lanes: 1 | 4,
  name = "finish",
): Epilogue {
  const added = stages.filter((stage) => stage.kind === "add");
  const inputs = added.map((_stage, index) => ({ name: `added${index}`, lanes, elements }));
  const activations = stages.flatMap((stage) => (stage.kind === "activation" ? [stage.activation] : []));
  const applied = stageLines(stages, (name) => `${name}[at]`);
  const type = typeOf(lanes);
  const body =
    applied.length === 0
      ? [`fn ${name}(value: ${type}, at: u32) {`, "  output[at] = value;", "}"]
      : [`fn ${name}(result: ${type}, at: u32) {`, "  var value = result;", ...applied, "  output[at] = value;", "}"];
  return {
    ...describe(stages),
    inputs,
    output: { name: "output", lanes, elements },
    functions: [...activationFunctions(activations, lanes), body.join("\n")],
  };
}

/**
 * Declares `finish(value, pixel, column)`, which writes output channels 4 * column to 4 * column + 3 of a pixel. Where the
 * channels do not divide by four, the rest is written one by one, and lanes behind the last channel are dropped.
 */
export function channelEpilogue(stages: readonly EpilogueStage[], pixels: number, channels: number): Epilogue {
  const elements = pixels * channels;
  if (channels % 4 === 0) {
    const inner = elementEpilogue(stages, elements, 4, "finish_at");
    const outer = `fn finish(value: vec4<f32>, pixel: u32, column: u32) {\n  finish_at(value, pixel * ${channels / 4}u + column);\n}`;
    return { ...inner, functions: [...inner.functions, outer] };
  }
  const added = stages.filter((stage) => stage.kind === "add");
  const activations = stages.flatMap((stage) => (stage.kind === "activation" ? [stage.activation] : []));
  const lanes = ["x", "y", "z", "w"];
  const read = (name: string) =>
    `vec4<f32>(${lanes.map((_lane, index) => (index === 0 ? `${name}[at]` : `${name}[min(at + ${index}u, ${elements - 1}u)]`)).join(", ")})`;
  const applied = stageLines(stages, read);
  const outer = [
    `fn finish(${applied.length > 0 ? "result" : "value"}: vec4<f32>, pixel: u32, column: u32) {`,
    `  let at = pixel * ${channels}u + column * 4u;`,
    ...(applied.length > 0 ? ["  var value = result;", ...applied] : []),
    "  output[at] = value.x;",
    ...lanes
      .slice(1)
      .map(
        (lane, index) =>
          `  if (column * 4u + ${index + 1}u < ${channels}u) { output[at + ${index + 1}u] = value.${lane}; }`,
      ),
    "}",
  ].join("\n");
  return {
    ...describe(stages),
    inputs: added.map((_stage, index) => ({ name: `added${index}`, lanes: 1, elements })),
    output: { name: "output", lanes: 1, elements },
    functions: [...activationFunctions(activations, 4), outer],
  };
}
