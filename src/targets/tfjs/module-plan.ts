import type { NodeId } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import type { Ref } from "./body-tree.ts";
import type { LayerName } from "./layer-spec.ts";
import type { Value } from "./value.ts";

/** A named option of a helper. */
export interface OptionPlan {
  readonly name: string;
  /** What each instance sets it to; undefined where a part is left out. */
  readonly values: readonly (Value | undefined)[];
  /** What the helper takes where a call says nothing; null where every call must say. */
  readonly fallback: Value | null;
}

/** What a setting of a line is: written out, or the helper's option (or a field of it). */
export type Setting =
  | { readonly kind: "literal"; readonly value: Value }
  | {
      readonly kind: "option";
      readonly option: OptionPlan;
      readonly field: string | null;
      readonly values: readonly Value[];
    };

export type Target =
  { readonly kind: "layer"; readonly layer: LayerName } | { readonly kind: "helper"; readonly helper: HelperPlan };

/** One call in a body. */
export interface LinePlan {
  /** Path below the body's own. */
  readonly path: string;
  readonly target: Target;
  readonly settings: ReadonlyMap<string, Setting>;
  readonly inputs: readonly Ref[];
  /** Index into the body's parts, or null. */
  readonly part: number | null;
  /** Of the value made, where one body is all there is. */
  readonly shape: Shape | null;
}

/** Lines in one `if`: without them, the value `bypass` goes on. */
export interface PartPlan {
  readonly first: number;
  readonly last: number;
  readonly bypass: Ref;
  readonly option: OptionPlan;
  /** `flag`: the option says true or false; `given`: it is there or not. */
  readonly test: "flag" | "given";
}

export interface BodyPlan {
  readonly lines: readonly LinePlan[];
  readonly parts: readonly PartPlan[];
  readonly output: Ref;
}

/** A function of the module. */
export interface HelperPlan {
  readonly name: string;
  /** What it is for, in a comment. */
  readonly doc: string;
  readonly options: readonly OptionPlan[];
  readonly body: BodyPlan;
}

export interface ModulePlan {
  /** Whatever a helper calls stands before it. */
  readonly helpers: readonly HelperPlan[];
  readonly network: BodyPlan;
  /** The line of `network` (or its input) that makes each value the network's own body names. */
  readonly refs: ReadonlyMap<NodeId, Ref>;
  /** Every name the module's top level has taken. */
  readonly names: ReadonlySet<string>;
}
