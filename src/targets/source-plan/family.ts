import type { ShapedNodeOf } from "../../ir/graph.ts";
import type { LinearOp } from "../../ir/op.ts";
import type { SampleNormOp } from "../../ir/ops/sample-norm.ts";

/** The norm of a layer. */
export type NormNode = ShapedNodeOf<"batch_norm" | "sample_norm">;

/** How a source language writes a conv, depthwise or dense. Layers of different forms never share a helper. */
export interface LayerForm {
  /** True where the language needs a more general layer than the usual one of the op. */
  readonly general: boolean;
  /** Its norm: none, a batch norm that scales and shifts, a batch norm that does at most one of the two, or another kind. */
  readonly norm: "none" | "whole" | "partial" | SampleNormOp["kind"];
}

/** Bodies that can share one helper or a few: blocks of one kind, or a linear op with its norm and activation. */
export type Family =
  /** `depth` counts the blocks of the same kind around it. */
  | { readonly kind: "block"; readonly block: string; readonly depth: number }
  | ({
      readonly kind: "layer";
      readonly op: LinearOp["op"];
      /** Whether its activation has weights; `plain` also where it has none. */
      readonly act: "plain" | "learned";
    } & LayerForm);

/** Returns the same text for equal families. */
export function familyKey(family: Family): string {
  if (family.kind === "block") return `block:${family.depth}:${family.block}`;
  return `layer:${family.op}:${family.general ? "general" : "plain"}:${family.norm}:${family.act}`;
}
