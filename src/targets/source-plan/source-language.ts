import type { NodeId, ShapedNode, ShapedNodeOf } from "../../ir/graph.ts";
import type { LinearOp } from "../../ir/op.ts";
import type { Shape } from "../../ir/shape.ts";
import type { LayerForm, NormNode } from "./family.ts";
import type { Value } from "./value.ts";

/** A layer that a node is written as. */
export interface PlannedLayer<L extends string> {
  /** Path below the node's own, empty for the layer that has the node's name. */
  readonly suffix: string;
  readonly layer: L;
  /** The settings in the order they are written. */
  readonly attributes: ReadonlyMap<string, Value>;
  /** Shape of its output, or an empty list if no comment shows the shape. */
  readonly shape: Shape;
}

/** Gives the layers of a node in order: each reads the value before it. A node without layers passes its input on. */
export type LayersOf<L extends string> = (node: ShapedNode) => readonly PlannedLayer<L>[];

/** How a framework's source code writes a network: its layers `L`, and the names of helper options. */
export interface SourceLanguage<L extends string> {
  /** Nodes without layers because an earlier node does their work, each mapped to that earlier node. */
  readonly merged: ReadonlyMap<NodeId, NodeId>;
  readonly formOf: (linear: ShapedNodeOf<LinearOp["op"]>, norm: NormNode | null) => LayerForm;
  /** Chooses the layers of every node. Nodes of one group may share a helper, so they should have the same layers. */
  readonly layersOf: (groups: readonly (readonly ShapedNode[])[]) => LayersOf<L>;
  /** The layer of an addition. The last addition of a block is its residual connection. */
  readonly sumLayer: L;
  /** Names a layer's setting among a helper's options. `layer` is null for a setting of another helper. */
  readonly settingWord: (layer: L | null, name: string) => string;
  /** The default of settings with that name, if there is one. */
  readonly usual: ReadonlyMap<string, Value>;
  /**
   * Rewrites a value that depends on other settings of its layer, for calls that give those settings different values.
   */
  readonly concrete: (value: Value, settings: ReadonlyMap<string, Value>) => Value;
  /** Writes snake-case words as an identifier in the language's style. */
  readonly identifier: (text: string) => string;
  /** Words that may not name anything. */
  readonly reserved: ReadonlySet<string>;
  /** Names that the module itself uses. Helpers and options cannot have them. */
  readonly moduleNames: readonly string[];
}
