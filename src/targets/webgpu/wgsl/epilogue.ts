import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { activationCall, activationFunctions } from "./activation.ts";
import { inputBinding, load, outputBinding, store, typeOf, type InputBinding, type OutputBinding } from "./binding.ts";

/** The way of a value from a register to memory: activations, added values, the store. */
export interface Epilogue {
  /** Suffix for the program's name: `_relu6_add`. */
  readonly name: string;
  /** Words for its comment: `, relu6, add`; empty where nothing happens. */
  readonly words: string;
  /** The added values, bound after the step's inputs. */
  readonly inputs: readonly InputBinding[];
  readonly output: OutputBinding;
  readonly functions: readonly string[];
}

/** Names the stages, and binds what they read and write. */
function boundStages(stages: readonly EpilogueStage[], elements: number, lanes: 1 | 4, layout: StepLayout) {
  const words = stages.map((stage) => (stage.kind === "add" ? stage.how : stage.activation.fn));
  const added = stages.filter((stage) => stage.kind === "add");
  return {
    name: words.map((word) => `_${word}`).join(""),
    words: words.map((word) => `, ${word}`).join(""),
    inputs: added.map((_stage, index) => inputBinding(`added${index}`, lanes, elements, layout.added[index])),
    output: outputBinding(lanes, elements, layout.output),
  };
}

const activationsOf = (stages: readonly EpilogueStage[]) =>
  stages.flatMap((stage) => (stage.kind === "activation" ? [stage.activation] : []));

const signs = { add: "+=", sub: "-=" } as const;

/** Statements that take `value` through the stages; `terms` are the added values at the place of the output. */
function stageLines(stages: readonly EpilogueStage[], terms: readonly string[]): readonly string[] {
  let term = 0;
  return stages.map((stage) => {
    if (stage.kind === "activation") return `  value = ${activationCall(stage.activation, "value")};`;
    const operand = terms[term++] ?? "";
    return stage.how === "sub_from" ? `  value = ${operand} - value;` : `  value ${signs[stage.how]} ${operand};`;
  });
}

/**
 * Declares `finish(value, at)`, which writes element `at` (a vector of four where `lanes` is 4) of an output of `elements`
 * numbers.
 */
export function elementEpilogue(
  stages: readonly EpilogueStage[],
  elements: number,
  lanes: 1 | 4,
  layout: StepLayout,
  name = "finish",
): Epilogue {
  const bound = boundStages(stages, elements, lanes, layout);
  const applied = stageLines(
    stages,
    bound.inputs.map((input) => load(input, "at")),
  );
  const type = typeOf(lanes);
  const write = `  ${store(bound.output, "at", "value")}`;
  const body =
    applied.length === 0
      ? [`fn ${name}(value: ${type}, at: u32) {`, write, "}"]
      : [`fn ${name}(result: ${type}, at: u32) {`, "  var value = result;", ...applied, write, "}"];
  return { ...bound, functions: [...activationFunctions(activationsOf(stages), lanes), body.join("\n")] };
}

const LANES = ["x", "y", "z", "w"];

/**
 * Declares `finish(value, pixel, column)`, which writes output channels 4 * column to 4 * column + 3 of a pixel. Where the
 * channels do not divide by four, it writes numbers one by one, and drops the lanes after the last channel.
 */
export function channelEpilogue(
  stages: readonly EpilogueStage[],
  pixels: number,
  channels: number,
  layout: StepLayout,
): Epilogue {
  const elements = pixels * channels;
  if (channels % 4 === 0) {
    const inner = elementEpilogue(stages, elements, 4, layout, "finish_at");
    const outer = `fn finish(value: vec4<f32>, pixel: u32, column: u32) {\n  finish_at(value, pixel * ${channels / 4}u + column);\n}`;
    return { ...inner, functions: [...inner.functions, outer] };
  }
  const bound = boundStages(stages, elements, 1, layout);
  const place = (lane: number) => (lane === 0 ? "at" : `min(at + ${lane}u, ${elements - 1}u)`);
  const applied = stageLines(
    stages,
    bound.inputs.map((input) => `vec4<f32>(${LANES.map((_name, lane) => load(input, place(lane))).join(", ")})`),
  );
  const outer = [
    `fn finish(${applied.length > 0 ? "result" : "value"}: vec4<f32>, pixel: u32, column: u32) {`,
    `  let at = pixel * ${channels}u + column * 4u;`,
    ...(applied.length > 0 ? ["  var value = result;", ...applied] : []),
    `  ${store(bound.output, "at", "value.x")}`,
    ...[1, 2, 3].map((lane) => {
      const write = store(bound.output, `at + ${lane}u`, `value.${LANES[lane] ?? ""}`);
      return `  if (column * 4u + ${lane}u < ${channels}u) { ${write} }`;
    }),
    "}",
  ].join("\n");
  return { ...bound, functions: [...activationFunctions(activationsOf(stages), 4), outer] };
}
