import type { LanguageOp } from "../language/op-signatures.ts";
import type { Span } from "../text/span.ts";
import type { Definition } from "./definition.ts";

/** What a word of a file stands for. */
export type Meaning =
  | { readonly kind: "definition"; readonly definition: Definition }
  | { readonly kind: "op"; readonly op: LanguageOp }
  /** A key that an op takes: `stride=2`. */
  | { readonly kind: "attribute"; readonly op: LanguageOp; readonly key: string }
  /** A key or column that every block takes (`n`, `residual`), or a key of a network or an input. */
  | { readonly kind: "key"; readonly owner: "block" | "network" | "input"; readonly key: string }
  /** A key of a symbol with settings, `batch(eps=…)`, or of a function of the language. */
  | { readonly kind: "setting"; readonly callee: string; readonly key: string }
  | { readonly kind: "builtin"; readonly name: string }
  /** A value that stands for itself, `relu6`. */
  | { readonly kind: "symbol"; readonly name: string }
  | { readonly kind: "extent"; readonly axis: "h" | "w" | "c" }
  /** A part of a path that is no label: a row, or a layer named by its op and number. */
  | { readonly kind: "place"; readonly span: Span }
  | { readonly kind: "import"; readonly path: string }
  | { readonly kind: "metric"; readonly metric: string };

export interface Occurrence {
  readonly span: Span;
  /**
   * `part` is the name at the beginning of a longer word, such as `bottleneck` in `bottleneck2_1`. It is renamed with its
   * definition, but the whole word means something else.
   */
  readonly role: "definition" | "use" | "part";
  readonly meaning: Meaning;
}
