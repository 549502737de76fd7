import { stringLiteral } from "../escape.ts";

/**
 * Returns the source of `loadWeights`. `roots` maps the first part of a path to its name in tf.js, where the two
 * differ.
 */
export function loadWeightsSource(roots: ReadonlyMap<string, string>): string {
  const renamed = roots.size > 0;
  const entries = [...roots].map(([root, name]) => `[${stringLiteral(name)}, ${stringLiteral(root)}]`);
  const table = `
/** Layers that the spec names with a leading underscore, which tf.js refuses. */
const renamed = new Map([${entries.join(", ")}]);
`;
  const layerName = renamed ? `[renamed.get(root) ?? root, ...below].join("/")` : "layer.name";
  const split = renamed ? `const [root = "", ...below] = layer.name.split("/");\n` : "";
  return `
‹interface TensorEntry {
  dtype: string;
  shape: number[];
  data_offsets: [number, number];
}

›/** What the spec calls the weights that tf.js names otherwise. */
const weightSlots = new Map([
  ["depthwise_kernel", "kernel"],
  ["moving_mean", "mean"],
  ["moving_variance", "variance"],
]);
${renamed ? table : ""}
/**
 * Sets all weights from the bytes of weights.safetensors. Where a tensor is missing, left over, or not of the layer's
 * shape, it throws and sets none.
 */
export function loadWeights(model‹: tf.LayersModel›, bytes‹: ArrayBuffer›)‹: void› {
  const headerBytes = bytes.byteLength < 8 ? 0 : Number(new DataView(bytes).getBigUint64(0, true));
  const dataStart = 8 + headerBytes;
  if (headerBytes === 0 || dataStart > bytes.byteLength) {
    throw new Error("The weights are not a safetensors file.");
  }
  const header‹: Record<string, TensorEntry>› = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, headerBytes)));
  const entries = new Map(Object.entries(header));
  entries.delete("__metadata__");

  const found‹: { weight: tf.LayerVariable; data: Float32Array }[]› = [];
  for (const layer of model.layers) {
    for (const weight of layer.weights) {
      ${split}const slot = weight.originalName.split("/").at(-1) ?? "";
      const name = \`\${${layerName}}/\${weightSlots.get(slot) ?? slot}\`;
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(\`The weights lack "\${name}".\`);
      if (entry.dtype !== "F32" || entry.shape.join("x") !== weight.shape.join("x")) {
        const wanted = \`F32 \${weight.shape.join("x")}\`;
        throw new Error(\`"\${name}" is \${entry.dtype} \${entry.shape.join("x")}, but the layer requires \${wanted}.\`);
      }
      const [begin, end] = entry.data_offsets;
      const data = new Float32Array(bytes.slice(dataStart + begin, dataStart + end));
      if (data.length !== weight.shape.reduce‹<number>›((size, extent) => size * (extent ?? 1), 1)) {
        throw new Error(\`"\${name}" is cut off after \${data.length} numbers.\`);
      }
      found.push({ weight, data });
      entries.delete(name);
    }
  }
  const [extra] = entries.keys();
  if (extra !== undefined) {
    throw new Error(\`The weights hold "\${extra}", which the model has no layer for.\`);
  }
  tf.tidy(() => {
    for (const { weight, data } of found) weight.write(tf.tensor(data, weight.shape‹ as number[]›));
  });
}
`;
}
