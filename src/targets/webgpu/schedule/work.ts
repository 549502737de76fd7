import type { Activation, AxisActivation } from "../../../ir/activation.ts";
import type { ShapedNodeOf } from "../../../ir/graph.ts";
import type { Shape } from "../../../ir/shape.ts";

/** A layer whose value stays inside a fused step. */
export interface InnerLayer<N extends "conv" | "depthwise" | "dense"> {
  readonly node: ShapedNodeOf<N>;
  readonly input: Shape;
  readonly activations: readonly Activation[];
}

/** What reads numbers of each channel and applies them to each element. */
export type ChannelNode = ShapedNodeOf<"batch_norm" | "scale" | "shift" | "prelu">;

/** What one dispatch computes before its epilogue. `copy` is the bare epilogue: additions and activations. */
export type Work =
  | { readonly kind: "copy" | "product" | "concat" }
  | { readonly kind: "softmax"; readonly fn: AxisActivation }
  | { readonly kind: "conv"; readonly node: ShapedNodeOf<"conv"> }
  | { readonly kind: "conv_transpose"; readonly node: ShapedNodeOf<"conv_transpose"> }
  /** `beside` says that the output holds its input first and what it gives after that; the epilogue is for the latter alone. */
  | { readonly kind: "depthwise"; readonly node: ShapedNodeOf<"depthwise">; readonly beside?: true }
  | { readonly kind: "dense"; readonly node: ShapedNodeOf<"dense"> }
  | { readonly kind: "channel_map"; readonly node: ChannelNode }
  /** The length of each channel over the pixels of a map, and the norm of a map (first input) by those (second input). */
  | { readonly kind: "channel_lengths" }
  | { readonly kind: "response_norm"; readonly node: ShapedNodeOf<"response_norm"> }
  | { readonly kind: "sample_norm"; readonly node: ShapedNodeOf<"sample_norm"> }
  | { readonly kind: "pool"; readonly node: ShapedNodeOf<"pool"> }
  | { readonly kind: "adaptive_pool"; readonly node: ShapedNodeOf<"adaptive_pool"> }
  | { readonly kind: "global_pool"; readonly node: ShapedNodeOf<"global_pool"> }
  | { readonly kind: "shuffle"; readonly node: ShapedNodeOf<"shuffle"> }
  | { readonly kind: "slice"; readonly node: ShapedNodeOf<"slice"> }
  | { readonly kind: "pad"; readonly node: ShapedNodeOf<"pad" | "crop"> }
  | { readonly kind: "permute"; readonly node: ShapedNodeOf<"permute"> }
  | { readonly kind: "resize"; readonly node: ShapedNodeOf<"resize"> }
  | { readonly kind: "block_move"; readonly node: ShapedNodeOf<"depth_to_space" | "space_to_depth"> }
  | {
      /** A conv in one group, mostly the expansion of an inverted residual, and the depthwise after it. */
      readonly kind: "expand_depthwise";
      readonly conv: InnerLayer<"conv">;
      readonly node: ShapedNodeOf<"depthwise">;
      readonly beside?: true;
    }
  | { readonly kind: "conv_pool"; readonly conv: InnerLayer<"conv">; readonly node: ShapedNodeOf<"global_pool"> }
  /** A depthwise and the 1x1 conv after it. */
  | {
      readonly kind: "depthwise_project";
      readonly depthwise: InnerLayer<"depthwise">;
      readonly node: ShapedNodeOf<"conv">;
    }
  /** The same after a conv in one group, mostly an expansion. */
  | {
      readonly kind: "inverted_residual";
      readonly conv: InnerLayer<"conv">;
      readonly depthwise: InnerLayer<"depthwise">;
      readonly node: ShapedNodeOf<"conv">;
    }
  /** A 1x1 conv of a map (first input) whose channels a gate (second input) scales. */
  | { readonly kind: "scaled_conv"; readonly node: ShapedNodeOf<"conv"> }
  /** The mean or maximum of each channel, a layer on those, and one on that. */
  | {
      readonly kind: "squeeze_excite";
      readonly pool: ShapedNodeOf<"global_pool">;
      readonly reduce: InnerLayer<"conv" | "dense">;
      readonly expand: ShapedNodeOf<"conv" | "dense">;
    };
