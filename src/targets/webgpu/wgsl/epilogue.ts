import type { EpilogueStage } from "../schedule/schedule.ts";
import type { StepLayout } from "../schedule/step-layout.ts";
import { activationCall, activationFunctions } from "./activation.ts";
import {
  inputBinding,
  load,
  outputBinding,
  store,
  typeOf,
  type InputBinding,
  type OutputBinding,
  type PackedWeight,
} from "./binding.ts";
import { channelStage, type StagePlace } from "./channel-stage.ts";

/** The way of a value from a register to memory: activations, added values, what is done to each channel, the store. */
export interface Epilogue {
  /** Suffix for the program's name: `_relu6_add`. */
  readonly name: string;
  /** Words for its comment: `, relu6, add`; empty where nothing happens. */
  readonly words: string;
  /** The added values, bound after the step's inputs. */
  readonly inputs: readonly InputBinding[];
  /** The weights that its stages read, bound after those of the step. */
  readonly weights: readonly PackedWeight[];
  readonly output: OutputBinding;
  readonly functions: readonly string[];
}

function wordOf(stage: EpilogueStage): string {
  switch (stage.kind) {
    case "activation":
      return stage.activation.fn;
    case "add":
      return stage.how;
    case "channel":
      return stage.node.op;
  }
}

/** What an epilogue writes, and in which steps. */
interface Written {
  readonly elements: number;
  readonly layout: StepLayout;
  /** Where a value stands that goes through the stages. */
  readonly place: StagePlace;
  /** Numbers of the value's own binding that are read and written at a time. */
  readonly lanes: 1 | 4;
}

/** Names the stages, binds what they read and write, and writes the statements that take `value` through them. */
function boundStages(
  stages: readonly EpilogueStage[],
  { elements, layout, place, lanes }: Written,
  read: (input: InputBinding) => string,
) {
  const words = stages.map(wordOf);
  const inputs: InputBinding[] = [];
  const weights: PackedWeight[] = [];
  const lines = stages.map((stage, index) => {
    if (stage.kind === "activation") return `  value = ${activationCall(stage.activation, "value")};`;
    if (stage.kind === "channel") {
      const bound = channelStage(stage.node, index, place, layout.weights);
      weights.push(...bound.weights);
      return `  value = ${bound.expression};`;
    }
    const input = inputBinding(`added${inputs.length}`, lanes, elements, layout.added[inputs.length]);
    inputs.push(input);
    if (stage.how === "sub_from") return `  value = ${read(input)} - value;`;
    return `  value ${signs[stage.how]} ${read(input)};`;
  });
  const bound = {
    name: words.map((word) => `_${word}`).join(""),
    words: words.map((word) => `, ${word}`).join(""),
    inputs,
    weights,
    output: outputBinding(lanes, elements, layout.output),
  };
  return { bound, lines };
}

const activationsOf = (stages: readonly EpilogueStage[]) =>
  stages.flatMap((stage) => (stage.kind === "activation" ? [stage.activation] : []));

const signs = { add: "+=", sub: "-=" } as const;

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
  const place = { lanes, at: "at", unit: lanes } as const;
  const written = { elements, layout, place, lanes };
  const { bound, lines: applied } = boundStages(stages, written, (input) => load(input, "at"));
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
  const laneAt = (lane: number) => (lane === 0 ? "at" : `min(at + ${lane}u, ${elements - 1}u)`);
  const written = { elements, layout, place: { lanes: 4, at: "at", unit: 1 }, lanes: 1 } as const;
  const { bound, lines: applied } = boundStages(
    stages,
    written,
    (input) => `vec4<f32>(${LANES.map((_name, lane) => load(input, laneAt(lane))).join(", ")})`,
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
