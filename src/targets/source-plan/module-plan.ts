import type { NodeId } from "../../ir/graph.ts";
import type { Shape } from "../../ir/shape.ts";
import type { Ref } from "./ref.ts";
import type { Value } from "./value.ts";

/** A named option of a helper. */
export interface OptionPlan {
  readonly name: string;
  /** The value that each instance gives, undefined where it leaves the option out. */
  readonly values: readonly (Value | undefined)[];
  /** The helper's default, or null where every call must give a value. */
  readonly fallback: Value | null;
}

/** The source of a setting: a literal, an option of the helper, or a field of an option. */
export type Setting =
  | { readonly kind: "literal"; readonly value: Value }
  | {
      readonly kind: "option";
      readonly option: OptionPlan;
      readonly field: string | null;
      readonly values: readonly Value[];
    };

/** What a line calls. */
export type Target<L extends string> =
  { readonly kind: "layer"; readonly layer: L } | { readonly kind: "helper"; readonly helper: HelperPlan<L> };

/** Returns the same text for equal targets. */
export function targetKey<L extends string>(target: Target<L>): string {
  return target.kind === "layer" ? `layer:${target.layer}` : `helper:${target.helper.name}`;
}

/** One call in a body. */
export interface LinePlan<L extends string> {
  /** Path below the body's own. */
  readonly path: string;
  readonly target: Target<L>;
  readonly settings: ReadonlyMap<string, Setting>;
  readonly inputs: readonly Ref[];
  /** Index into the body's parts, or null. */
  readonly part: number | null;
  /** Shape of the value it makes, or null in a helper, whose instances make different ones. */
  readonly shape: Shape | null;
}

/** Lines in one `if`. If they do not run, `bypass` replaces their value. */
export interface PartPlan {
  readonly first: number;
  readonly last: number;
  readonly bypass: Ref;
  readonly option: OptionPlan;
  /** `flag`: the option is true or false. `given`: the lines run where the option is given. */
  readonly test: "flag" | "given";
}

export interface BodyPlan<L extends string> {
  readonly lines: readonly LinePlan<L>[];
  readonly parts: readonly PartPlan[];
  readonly output: Ref;
}

/** A function of the module. */
export interface HelperPlan<L extends string> {
  readonly name: string;
  /** What it makes, for a comment. */
  readonly doc: string;
  readonly options: readonly OptionPlan[];
  readonly body: BodyPlan<L>;
}

export interface ModulePlan<L extends string> {
  /** Each helper comes after the helpers that it calls. */
  readonly helpers: readonly HelperPlan<L>[];
  readonly network: BodyPlan<L>;
  /** For each value at the network's own level, the line of `network` that makes it, or the network's input. */
  readonly refs: ReadonlyMap<NodeId, Ref>;
  /** Every name that the top level of the module has taken. */
  readonly names: ReadonlySet<string>;
}
