import type { Argument } from "../lower/environment.ts";
import { signatureOf, type LanguageOp } from "../language/op-signatures.ts";
import type { BlockTrace, LayerTrace, Trace } from "../lower/trace.ts";
import { describe, isUnknown } from "../lower/values/value.ts";
import type { PlaceFigures } from "./network-figures.ts";
import { argumentDoc } from "../language/op-docs.ts";
import type { LayerPlace } from "./place-at.ts";

/** Returns the arguments of a layer or of the first use of a block: given ones, those of a `default`, those of the language. */
export function describeArguments(trace: Trace, { paths }: PlaceFigures, place: LayerPlace): string {
  const layer = trace.layers.get(paths[0] ?? "");
  if (layer !== undefined && place.kind === "statement") return layerArguments(layer);
  const { statement } = place;
  const row = place.kind === "row" ? place.row : null;
  if (statement.kind === "branch" || (statement.kind === "table" && row === null)) return "";
  const use = trace.blocks.find(
    (candidate) =>
      candidate !== undefined &&
      (row === null
        ? candidate.statement.span.start === statement.span.start
        : candidate.row?.span.start === row.span.start) &&
      candidate.statement.span.file === statement.span.file,
  );
  return use === undefined ? "" : blockArguments(use);
}

function layerArguments({ statement, args }: LayerTrace): string {
  const op = statement.callee.text as LanguageOp;
  const { positional, attributes } = signatureOf(op);
  const given = [...positional, ...attributes].flatMap((key) => {
    const argument = args.get(key);
    return argument === undefined ? [] : [`${key}=${argumentText(argument)}`];
  });
  const left = attributes.flatMap((key) => {
    const fallback = args.has(key) ? null : (argumentDoc(op, key)?.fallback ?? null);
    return fallback === null ? [] : [`${key}=${fallback}`];
  });
  return lines(given, left);
}

function blockArguments({ block, args }: BlockTrace): string {
  const { source } = block.file;
  const given: string[] = [];
  const left: string[] = [];
  for (const { name, value } of block.declaration.parameters) {
    const argument = args.get(name.text);
    if (argument !== undefined) given.push(`${name.text}=${argumentText(argument)}`);
    else if (value !== null) left.push(`${name.text}=${source.text.slice(value.span.start, value.span.end)}`);
  }
  return lines(given, left);
}

function lines(given: readonly string[], left: readonly string[]): string {
  const said = given.length === 0 ? [] : [`- in force: \`${given.join(" ")}\``];
  const unsaid = left.length === 0 ? [] : [`- by default: \`${left.join(" ")}\``];
  return [...said, ...unsaid].join("\n");
}

/** Returns a value as text; as it is written if that says more, like `batch(eps=1e-3)`. */
function argumentText({ value, expression, scope }: Argument): string {
  const written = scope.file.source.text.slice(expression.span.start, expression.span.end);
  return isUnknown(value) || (value.kind === "symbol" && value.args.length > 0) ? written : describe(value);
}
