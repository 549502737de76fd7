import { describeArgument } from "./op-docs.ts";
import { words } from "./vocabulary.ts";

/** Says what a word that stands for itself means, with its settings; null for what is no such word. */
export function symbolDoc(name: string): string | null {
  const word = words.get(name);
  if (word === undefined) return null;
  const defaults = Object.entries(word.settings).flatMap(([key, spec]) => {
    const { fallback } = describeArgument(spec);
    return fallback === null ? [] : [`${key}=${fallback}`];
  });
  return defaults.length === 0 ? word.doc : `${word.doc} Settings, with their defaults: \`${defaults.join(" ")}\`.`;
}

/** Keys that belong to no op or parameter. */
export const keyDocs = {
  block: {
    n: "How often the row repeats; 1 where nothing is said. `first` parameters apply to the first repeat only.",
    residual: "`auto`, `always` or `never`: whether the block's input is added to its output.",
  },
  network: {
    family: "The family that lint compares the network with.",
    labels: "Class names: a list, or a text file beside the spec, one a line.",
  },
  input: {
    mean: "Taken from pixels 0 to 255: one number, or one a channel.",
    std: "What pixels are divided by, the mean taken off: one number, or one a channel.",
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export const metricDocs = {
  params: "Trainable weights of the network.",
  macs: "Multiply-adds of one image; convs and dense layers are counted.",
  memory: "Most bytes of activations alive at once, in float32.",
} as const;
