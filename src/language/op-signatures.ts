import { activationNames } from "../ir/activation.ts";
import { residualModes } from "../ir/graph.ts";

/** What may follow an op's name. Positional parameters are required unless `optional` says how many from the right are not. */
export interface OpSignature {
  readonly positional: readonly string[];
  readonly optional: number;
  readonly attributes: readonly string[];
  /** How it is written, for hints. */
  readonly usage: string;
}

const convAttributes = ["stride", "padding", "dilation", "groups", "bias", "norm", "act", "init", "bias_init"] as const;

/** The ops that a statement can name; LANGUAGE.md, "Statements". */
export const opSignatures = {
  conv: { positional: ["kernel", "filters"], optional: 0, attributes: convAttributes, usage: "conv 3x3 32 stride=2" },
  depthwise: {
    positional: ["kernel"],
    optional: 0,
    attributes: convAttributes.map((key) => (key === "groups" ? "multiplier" : key)),
    usage: "depthwise 3x3 stride=2",
  },
  dense: { positional: ["units"], optional: 0, attributes: ["bias", "act", "init", "bias_init"], usage: "dense 1000" },
  pool: {
    positional: ["mode", "kernel"],
    optional: 1,
    attributes: ["stride", "padding"],
    usage: "pool max 3x3 stride=2",
  },
  norm: { positional: ["kind"], optional: 0, attributes: ["eps", "momentum", "scale", "center"], usage: "norm batch" },
  act: { positional: ["function"], optional: 0, attributes: ["alpha"], usage: "act relu6" },
  dropout: { positional: ["rate"], optional: 0, attributes: [], usage: "dropout 0.2" },
  flatten: { positional: [], optional: 0, attributes: [], usage: "flatten" },
  squeeze: { positional: [], optional: 0, attributes: [], usage: "squeeze" },
  shuffle: { positional: ["groups"], optional: 0, attributes: [], usage: "shuffle 2" },
  slice: { positional: ["from", "to"], optional: 0, attributes: [], usage: "slice 0 58" },
  upsample: { positional: ["factor"], optional: 0, attributes: ["mode"], usage: "upsample 2 mode=bilinear" },
} as const satisfies Record<string, OpSignature>;

export type LanguageOp = keyof typeof opSignatures;

export function signatureOf(name: string): OpSignature | null {
  return Object.hasOwn(opSignatures, name) ? opSignatures[name as LanguageOp] : null;
}

export const languageOps = Object.keys(opSignatures) as readonly LanguageOp[];

/** What a `default` may set. */
export const defaultableAttributes: readonly string[] = [
  "norm",
  "act",
  "bias",
  "padding",
  "multiplier",
  "init",
  "bias_init",
];

const initializers = ["he_normal", "he_uniform", "glorot_normal", "glorot_uniform", "zeros", "ones"] as const;
const symbolsByKey: Readonly<Record<string, readonly string[]>> = {
  act: [...activationNames, "none"],
  function: [...activationNames, "none"],
  norm: ["batch", "none"],
  kind: ["batch"],
  bias: ["true", "false", "auto"],
  padding: ["same", "valid", "torch"],
  init: [...initializers, "normal(…)", "truncated_normal(…)", "constant(…)"],
  bias_init: [...initializers, "normal(…)", "truncated_normal(…)", "constant(…)"],
  residual: residualModes,
};

/** The words that an op's argument takes, for a name that is none of them; null where it takes values alone. */
export function symbolsTaken(op: string, key: string): readonly string[] | null {
  if (key === "mode") return op === "pool" ? ["avg", "max"] : ["nearest", "bilinear"];
  return Object.hasOwn(symbolsByKey, key) ? (symbolsByKey[key] ?? null) : null;
}
