import type { LanguageOp, opSignatures } from "./op-signatures.ts";

interface ArgumentDoc {
  readonly doc: string;
  /** What holds where nothing is said; a test compares it with saying nothing. Null where something must be said. */
  readonly fallback: string | null;
}

type Key<Op extends LanguageOp> =
  (typeof opSignatures)[Op]["positional"][number] | (typeof opSignatures)[Op]["attributes"][number];

type OpDocs = {
  readonly [Op in LanguageOp]: { readonly doc: string; readonly arguments: Readonly<Record<Key<Op>, ArgumentDoc>> };
};

const must = (doc: string): ArgumentDoc => ({ doc, fallback: null });
const may = (doc: string, fallback: string): ArgumentDoc => ({ doc, fallback });

const window = {
  stride: may("Steps of the window, one number or [vertical, horizontal].", "1"),
  padding: may(
    "`same` (TensorFlow's: the odd pixel goes to the bottom and right), `valid`, `torch` (half the kernel on each side) or [top, bottom, left, right].",
    "same",
  ),
  dilation: may("Distance between the taps of the kernel.", "1"),
  bias: may("Whether a bias is added; `auto` is true where the layer's own norm is `none`.", "auto"),
  norm: may("`batch`, `batch(eps=1e-3, momentum=0.99, scale=true, center=true)` or `none`.", "none"),
  act: may("Activation behind the norm.", "none"),
  init: may("Initialiser of the kernel.", "he_normal"),
  bias_init: may("Initialiser of the bias.", "zeros"),
};

/** What ops and their arguments mean, in a line each. */
export const opDocs: OpDocs = {
  conv: {
    doc: "Convolution, then its norm and activation. Kernel HWIO.",
    arguments: {
      kernel: must("Extents of the kernel: `3x3`, `[k, 1]`, or one number for a square."),
      filters: must("Channels of the output."),
      groups: may("Groups of channels that do not see each other.", "1"),
      ...window,
    },
  },
  depthwise: {
    doc: "Convolution of each channel by itself, then its norm and activation. Kernel HWIM.",
    arguments: {
      kernel: must("Extents of the kernel: `3x3`, `[k, 1]`, or one number for a square."),
      multiplier: may("Outputs of each channel.", "1"),
      ...window,
    },
  },
  dense: {
    doc: "Matrix product with a vector: `flatten` first. Kernel IO.",
    arguments: {
      units: must("Length of the output."),
      bias: may("Whether a bias is added.", "true"),
      act: may("Activation.", "none"),
      init: may("Initialiser of the kernel.", "glorot_uniform"),
      bias_init: may("Initialiser of the bias.", "zeros"),
    },
  },
  pool: {
    doc: "Average or maximum over a window; without a kernel over the whole map, to 1x1xC. Averages never count padding.",
    arguments: {
      mode: must("`avg` or `max`."),
      kernel: { doc: "Extents of the window; none for the whole map.", fallback: null },
      stride: { doc: "Steps of the window; the kernel where nothing is said.", fallback: null },
      padding: may("As a conv's.", "valid"),
    },
  },
  norm: {
    doc: "A norm as a statement of its own; a conv before it says bias=false.",
    arguments: {
      kind: must("`batch`."),
      eps: may("Added to the variance.", "1e-3"),
      momentum: may("Share of the old average that is kept.", "0.99"),
      scale: may("Whether it has a gamma.", "true"),
      center: may("Whether it has a beta.", "true"),
    },
  },
  act: {
    doc: "An activation as a statement of its own.",
    arguments: {
      function: must("Which one; `none` hands its input on."),
      alpha: may("Slope of `leaky_relu` below 0.", "0.01"),
    },
  },
  dropout: {
    doc: "Sets a share of the values to 0 in training, and does nothing in inference.",
    arguments: { rate: must("The share, from 0 up to but not 1.") },
  },
  flatten: { doc: "A map as a vector, in the order of rows, columns, channels.", arguments: {} },
  squeeze: { doc: "A 1x1xC map as a vector.", arguments: {} },
  shuffle: {
    doc: "Channels in groups, dealt out in turn. Zhang et al. 2018.",
    arguments: { groups: must("Number of groups.") },
  },
  slice: {
    doc: "Channels `from` up to but not `to`.",
    arguments: { from: must("First channel, counted from 0."), to: must("The channel behind the last.") },
  },
  upsample: {
    doc: "Enlarges a map.",
    arguments: {
      factor: must("How many times, one number or [vertical, horizontal]."),
      mode: may("`nearest`, or `bilinear` with half-pixel centres.", "nearest"),
    },
  },
};

/** Of an op's argument by any name; null for what it does not take. */
export function argumentDoc(op: LanguageOp, key: string): ArgumentDoc | null {
  const docs: Readonly<Record<string, ArgumentDoc>> = opDocs[op].arguments;
  return Object.hasOwn(docs, key) ? (docs[key] ?? null) : null;
}
