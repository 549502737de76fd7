import type { ActivationName } from "../ir/activation.ts";
import type { Initializer } from "../ir/initializer.ts";
import type { Op } from "../ir/op.ts";
import type { Padding, Pair } from "../ir/window.ts";
import type { Argument } from "./values/argument.ts";
import { reportAtExpression } from "./values/blame.ts";
import type { LanguageOp } from "../language/op-signatures.ts";
import {
  activationName,
  batchNormDefaults,
  biasMode,
  boolean,
  initializer,
  MAX_CHANNELS,
  norm,
  oneOf,
  padding,
  pair,
  positive,
  realNumber,
  share,
  wholeNumber,
  type BatchNormSettings,
  type Reader,
} from "./read-attribute.ts";
import type { LoweringState } from "./state.ts";

/** One statement's ops in order: a conv, then its norm, then its activation. Null where an attribute is in error. */
export type LayerParts = readonly LayerPart[] | null;

export interface LayerPart {
  /** `""` for the layer's own node, `norm` and `act` for what follows in it. */
  readonly suffix: "" | "norm" | "act";
  readonly op: Op;
}

/** Positional and named arguments in force, defaults included. */
export type LayerArguments = ReadonlyMap<string, Argument>;

const ONE: Pair = [1, 1];

/** Reads several attributes so that each one in error is reported, not only the first. */
function reader(state: LoweringState, args: LayerArguments) {
  let failed = false;
  return {
    /** `shown` names in messages what stands by position. */
    read<T>(key: string, read: Reader<T>, fallback: T, shown = key): T {
      const argument = args.get(key);
      if (argument === undefined) return fallback;
      const value = read(state, shown, argument);
      if (value === null) failed = true;
      return value ?? fallback;
    },
    /** Refuses an attribute that would have no effect beside the others. */
    refuseUnused(key: string, message: string, hint: string) {
      const argument = args.get(key);
      if (argument === undefined) return;
      reportAtExpression(state, "attribute/unused", argument.expression, argument.scope, message, hint);
      failed = true;
    },
    ok: () => !failed,
  };
}

type Read = ReturnType<typeof reader>;

interface LayerTail {
  readonly norm: BatchNormSettings | "none";
  readonly act: ActivationName | "none";
}

function tailParts(tail: LayerTail, alpha = 0.01): readonly LayerPart[] {
  const parts: LayerPart[] = [];
  if (tail.norm !== "none") parts.push({ suffix: "norm", op: { op: "batch_norm", ...tail.norm } });
  if (tail.act !== "none") parts.push({ suffix: "act", op: { op: "activation", activation: { fn: tail.act, alpha } } });
  return parts;
}

function convolution(args: Read) {
  const tail: LayerTail = {
    norm: args.read("norm", norm, "none"),
    act: args.read("act", activationName, "none"),
  };
  const bias = args.read("bias", biasMode, "auto");
  const fields = {
    kernel: args.read("kernel", pair, ONE),
    stride: args.read("stride", pair, ONE),
    dilation: args.read("dilation", pair, ONE),
    padding: args.read<Padding>("padding", padding, "same"),
    bias: bias === "auto" ? tail.norm === "none" : bias,
    init: args.read<Initializer>("init", initializer, { kind: "he_normal" }),
    biasInit: args.read<Initializer>("bias_init", initializer, { kind: "zeros" }),
    folded: [],
    activation: null,
  };
  return { tail, fields };
}

const channelCount = wholeNumber(1, MAX_CHANNELS);

type LayerLowering = (args: Read, given: LayerArguments) => LayerParts;

const layerLowerings: Readonly<Record<LanguageOp, LayerLowering>> = {
  conv(args) {
    const filters = args.read("filters", channelCount, 1);
    const groups = args.read("groups", channelCount, 1);
    const { tail, fields } = convolution(args);
    return [{ suffix: "", op: { op: "conv", filters, groups, ...fields } }, ...tailParts(tail)];
  },
  depthwise(args) {
    const multiplier = args.read("multiplier", channelCount, 1);
    const { tail, fields } = convolution(args);
    return [{ suffix: "", op: { op: "depthwise", multiplier, ...fields } }, ...tailParts(tail)];
  },
  dense(args) {
    const op: Op = {
      op: "dense",
      units: args.read("units", channelCount, 1),
      bias: args.read("bias", biasMode, true) !== false,
      init: args.read<Initializer>("init", initializer, { kind: "glorot_uniform" }),
      biasInit: args.read<Initializer>("bias_init", initializer, { kind: "zeros" }),
      folded: [],
      activation: null,
    };
    return [{ suffix: "", op }, ...tailParts({ norm: "none", act: args.read("act", activationName, "none") })];
  },
  pool(args, given) {
    const mode = args.read("mode", oneOf(["avg", "max"]), "avg", "pool");
    if (!given.has("kernel")) {
      for (const key of ["stride", "padding"]) {
        args.refuseUnused(
          key,
          `A pool without a kernel is global, and has no "${key}".`,
          `Give it a kernel, "pool ${mode} 2 stride=2", or leave the ${key} out.`,
        );
      }
      return [{ suffix: "", op: { op: "global_pool", mode } }];
    }
    const kernel = args.read("kernel", pair, ONE);
    const stride = args.read("stride", pair, kernel);
    return [
      {
        suffix: "",
        op: {
          op: "pool",
          mode,
          kernel,
          stride,
          dilation: [1, 1],
          padding: args.read<Padding>("padding", padding, "valid"),
        },
      },
    ];
  },
  norm(args) {
    args.read("kind", oneOf(["batch"]), "batch", "norm");
    const settings: BatchNormSettings = {
      eps: args.read("eps", positive, batchNormDefaults.eps),
      momentum: args.read("momentum", share, batchNormDefaults.momentum),
      scale: args.read("scale", boolean, batchNormDefaults.scale),
      center: args.read("center", boolean, batchNormDefaults.center),
    };
    return [{ suffix: "", op: { op: "batch_norm", ...settings } }];
  },
  act(args) {
    const fn = args.read("function", activationName, "none", "act");
    const alpha = args.read(
      "alpha",
      realNumber("a number", () => true),
      0.01,
    );
    return fn === "none" ? [] : [{ suffix: "", op: { op: "activation", activation: { fn, alpha } } }];
  },
  dropout: (args) => [
    {
      suffix: "",
      op: {
        op: "dropout",
        rate: args.read(
          "rate",
          realNumber("a number from 0 up to but not 1", (v) => v >= 0 && v < 1),
          0,
        ),
      },
    },
  ],
  flatten: () => [{ suffix: "", op: { op: "flatten" } }],
  squeeze: () => [{ suffix: "", op: { op: "squeeze" } }],
  shuffle: (args) => [{ suffix: "", op: { op: "shuffle", groups: args.read("groups", channelCount, 1) } }],
  slice: (args) => [
    {
      suffix: "",
      op: {
        op: "slice",
        from: args.read("from", wholeNumber(0, MAX_CHANNELS), 0),
        to: args.read("to", channelCount, 1),
      },
    },
  ],
  upsample: (args) => [
    {
      suffix: "",
      op: {
        op: "upsample",
        factor: args.read("factor", pair, ONE),
        mode: args.read("mode", oneOf(["nearest", "bilinear"]), "nearest"),
      },
    },
  ],
};

/** What a statement's op and arguments come to. */
export function lowerLayer(state: LoweringState, op: LanguageOp, args: LayerArguments): LayerParts {
  const read = reader(state, args);
  const parts = layerLowerings[op](read, args);
  return read.ok() ? parts : null;
}
