import type { ShapedGraph } from "../../ir/graph.ts";
import { claimIdentifier, stringLiteral } from "../escape.ts";
import type { ModulePlan } from "../source-plan/module-plan.ts";
import { planModule } from "../source-plan/plan-module.ts";
import { activationNames } from "./activation-names.ts";
import { customLayerSource } from "./custom-layers.ts";
import { emitBody } from "./emit-body.ts";
import { activationLayerSource, nothingUsed, type CallContext, type Used } from "./emit-call.ts";
import { emitHelper } from "./emit-helper.ts";
import { depthwiseInitializerSources, windowAreaSource } from "./initializers.ts";
import { annotated, type Language } from "./language.ts";
import type { LayerName } from "./layer-spec.ts";
import { layerNameOf, renamedRoots, tfjsLayerNames } from "./layer-values.ts";
import { loadWeightsSource } from "./load-weights.ts";
import { docComment, headerComment, interfaceDoc } from "./module-doc.ts";
import { localNames, tfjsSource } from "./source-language.ts";

export interface ModuleOptions {
  readonly language: Language;
  /** The name of the package that the module imports as tf.js. */
  readonly tfjsModule: string;
  readonly withLoadWeights: boolean;
}

/** Writes the module's text, before formatting. */
export function emitModule(graph: ShapedGraph, { language, tfjsModule, withLoadWeights }: ModuleOptions): string {
  const activations = activationNames(graph);
  const plan = planModule(graph, tfjsSource(graph, activations));
  const roots = renamedRoots(graph);
  const used = nothingUsed();
  const context: CallContext = { activations, used, nameCode: (path) => stringLiteral(layerNameOf(path, roots)) };
  const names = new Set(plan.names);
  const helpers = plan.helpers.map((helper) => {
    const stem = helper.name.charAt(0).toUpperCase() + helper.name.slice(1);
    return emitHelper(helper, plan.names, claimIdentifier(`${stem}Options`, "Options", names), context, language);
  });
  const createModel = emitCreateModel(graph, plan, context, language);
  const support = supportSource(used, context, language);
  return [
    headerComment(graph),
    `import * as tf from ${stringLiteral(tfjsModule)};`,
    customLayerSource(used.customLayers, used.support, language),
    support,
    ...helpers,
    createModel,
    ...(withLoadWeights ? [annotated(language, loadWeightsSource(roots))] : []),
  ].join("\n\n");
}

const applySource = `
/** Applies a layer to values of the model. */
function apply(layer‹: tf.layers.Layer›, inputs‹: tf.SymbolicTensor | tf.SymbolicTensor[]›)‹: tf.SymbolicTensor› {
  return layer.apply(inputs)‹ as tf.SymbolicTensor›;
}
`;

const globalPoolSource = (name: string, factory: string, what: string) => `
/** The ${what} of each channel over the whole map, as a map of 1x1. */
function ${name}(x‹: tf.SymbolicTensor›, name‹: string›)‹: tf.SymbolicTensor› {
  const [, height, width] = x.shape‹ as [null, number, number, number]›;
  return apply(tf.layers.${factory}({ poolSize: [height, width], name }), x);
}
`;

/** Writes the small functions that the helpers and the network call. */
function supportSource(used: Used, context: CallContext, language: Language): string {
  const sources = [applySource];
  if (used.chosenActivations.size > 0) sources.push(activationLayerSource([...used.chosenActivations].sort(), context));
  if (used.globalPools.has("globalAveragePool")) {
    sources.push(globalPoolSource("globalAveragePool", "averagePooling2d", "mean"));
  }
  if (used.globalPools.has("globalMaxPool")) sources.push(globalPoolSource("globalMaxPool", "maxPooling2d", "maximum"));
  if (used.depthwise.size > 0) sources.push(windowAreaSource);
  for (const init of [...used.depthwise].sort()) sources.push(depthwiseInitializerSources[init].source);
  return annotated(language, sources.join("\n"));
}

function emitCreateModel(
  graph: ShapedGraph,
  plan: ModulePlan<LayerName>,
  context: CallContext,
  language: Language,
): string {
  const taken = new Set([...plan.names].filter((each) => !localNames.includes(each)));
  const input = claimIdentifier(graph.input.name, "image", taken);
  const returned = [...new Set(graph.outputs.map(({ node }) => node))];
  const kept = returned.map((node) => plan.refs.get(node)).filter((ref) => ref !== undefined);
  const body = emitBody(plan.network, {
    context,
    input: { variable: input, reusable: false },
    taken,
    kept: [...kept, plan.network.output],
    returns: false,
  });
  const layers = tfjsLayerNames(graph);
  const outputs = returned.map((node) => {
    const ref = plan.refs.get(node);
    return ref === undefined ? `valueOf(${stringLiteral(layers.get(node) ?? "")})` : body.valueCode(ref);
  });
  const typed = language === "ts";
  const name = stringLiteral(graph.name);
  const inside = returned.some((node) => !plan.refs.has(node));
  const result = outputs.length === 1 ? (outputs[0] ?? "") : `[${outputs.join(", ")}]`;
  return [
    docComment(["A trainable model; layers and weights go by the spec's paths.", ...interfaceDoc(graph)]),
    `export function createModel()${typed ? ": tf.LayersModel" : ""} {`,
    `const ${input} = tf.input({ shape: ${JSON.stringify(graph.input.shape)}, name: ${stringLiteral(graph.input.name)} });`,
    ...body.statements,
    ...(inside
      ? [
          "// Some outputs lie inside a block.",
          `const trunk = tf.model({ inputs: ${input}, outputs: ${body.valueCode(plan.network.output)} });`,
          `const valueOf = (name${typed ? ": string" : ""}) => trunk.getLayer(name).output${typed ? " as tf.SymbolicTensor" : ""};`,
        ]
      : []),
    `return tf.model({ inputs: ${input}, outputs: ${result}, name: ${name} });`,
    "}",
  ].join("\n");
}
