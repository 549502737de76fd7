import type { CstNode, IToken } from "chevrotain";
import { error, type Diagnostic, type DiagnosticDetails } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import type { Attribute, CallArgument, Name } from "./ast.ts";

/** The data, besides the concrete tree, from which one file's AST is built. */
export interface BuildContext {
  readonly file: string;
  /** Doc text by the offset of the first token of the documented statement or declaration. */
  readonly docs: ReadonlyMap<number, string>;
  readonly found: Diagnostic[];
  /** True if a syntax error was reported inside [start, end]. */
  readonly hasErrorIn: (start: number, end: number) => boolean;
}

export function report(
  context: BuildContext,
  code: string,
  span: Span,
  message: string,
  details: DiagnosticDetails = {},
): void {
  context.found.push(error(code, span, message, details));
}

export function tokenSpan(context: BuildContext, token: IToken): Span {
  return { file: context.file, start: token.startOffset, end: token.startOffset + token.image.length };
}

/** Returns the range of text of a node, or an empty span at `fallback` if error recovery found no token of it. */
export function nodeSpan(context: BuildContext, node: CstNode | undefined, fallback: number): Span {
  const location = node?.location;
  if (!location || !Number.isFinite(location.startOffset)) {
    return { file: context.file, start: fallback, end: fallback };
  }
  return { file: context.file, start: location.startOffset, end: (location.endOffset ?? location.startOffset) + 1 };
}

/**
 * Returns the first child. The CST types say that every child exists, but after error recovery any child may be
 * missing.
 */
export function first<T>(children: readonly T[] | undefined): T | undefined {
  return children?.[0];
}

export function all<T>(children: readonly T[] | undefined): readonly T[] {
  return children ?? [];
}

export function buildName(context: BuildContext, token: IToken | undefined, fallback: number): Name {
  if (!token) return { kind: "name", text: "", span: { file: context.file, start: fallback, end: fallback } };
  return { kind: "name", text: token.image, span: tokenSpan(context, token) };
}

export function docAt(context: BuildContext, start: number): string | null {
  return context.docs.get(start) ?? null;
}

/** Reports every name that equals an earlier one. Empty names, which error recovery leaves, are skipped. */
export function reportDuplicates(context: BuildContext, names: Iterable<Name>, code: string, what: string): void {
  const seen = new Map<string, Name>();
  for (const name of names) {
    if (name.text === "") continue;
    const earlier = seen.get(name.text);
    if (!earlier) {
      seen.set(name.text, name);
      continue;
    }
    report(context, code, name.span, `The ${what} "${name.text}" is given twice.`, {
      hint: `Keep one "${name.text}".`,
      related: [{ message: `The first "${name.text}" is here.`, span: earlier.span }],
    });
  }
}

export function reportDuplicateKeys(context: BuildContext, attributes: readonly Attribute[]): void {
  if (attributes.length < 2) return;
  const keys = attributes.map(({ key }) => key);
  reportDuplicates(context, keys, "syntax/duplicate-key", "attribute");
}

/** Reports arguments of a call that are named twice, and positional arguments after named ones. */
export function checkArguments(context: BuildContext, args: readonly CallArgument[]): void {
  const named = args.flatMap(({ name }) => (name ? [name] : []));
  if (named.length === 0) return;
  reportDuplicates(context, named, "syntax/duplicate-key", "argument");
  const firstNamed = args.findIndex(({ name }) => name !== null);
  const late = args.slice(firstNamed).find(({ name, value }) => name === null && value.kind !== "hole");
  if (late) {
    report(context, "syntax/positional-after-named", late.span, "This argument stands after a key=value.", {
      hint: "Move it before the first key=value.",
    });
  }
}
