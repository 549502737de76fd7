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
  /** Shape of the value it makes, empty where no comment shall show it. */
  readonly shape: Shape;
}

/** Gives the layers of a node in order: each reads the value before it. A node without layers passes its input on. */
export type LayersOf<L extends string> = (node: ShapedNode) => readonly PlannedLayer<L>[];

/** How a framework's source says one network: its layers `L`, and the words for what a helper's calls differ in. */
export interface SourceLanguage<L extends string> {
  /** Nodes that have no layers because an earlier node does their work, each with that node. */
  readonly merged: ReadonlyMap<NodeId, NodeId>;
  readonly formOf: (linear: ShapedNodeOf<LinearOp["op"]>, norm: NormNode | null) => LayerForm;
  /** Chooses the layers of every node. Nodes of one group may share a helper, so they should be written alike. */
  readonly layersOf: (groups: readonly (readonly ShapedNode[])[]) => LayersOf<L>;
  /** The layer of a sum: the last one of a block is its residual. */
  readonly sumLayer: L;
  /** Names a layer's setting among a helper's options. `layer` is null for a setting of another helper. */
  readonly settingWord: (layer: L | null, name: string) => string;
  /** What a setting of that name has as its default, where any call takes it. */
  readonly usual: ReadonlyMap<string, Value>;
  /** Rewrites a value that depends on the other settings of its layer, for calls that give different ones. */
  readonly concrete: (value: Value, settings: ReadonlyMap<string, Value>) => Value;
  /** Writes words that underscores join as an identifier in the language's style. */
  readonly identifier: (text: string) => string;
  /** Words that may not name anything. */
  readonly reserved: ReadonlySet<string>;
  /** Names that the module uses itself, so that no helper and no option may have them. */
  readonly moduleNames: readonly string[];
}
