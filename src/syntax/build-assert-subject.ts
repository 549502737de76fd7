import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { IToken } from "chevrotain";
import type { PathReferenceCstNode } from "../../generated/cst-types.ts";
import { cover, type Span } from "../text/span.ts";
import type { AssertSubject } from "./ast.ts";
import { report, tokenSpan, type BuildContext } from "./build-context.ts";
import { buildPath } from "./build-expressions.ts";
import { didYouMean } from "../text/did-you-mean.ts";

const metrics = ["params", "macs", "memory"] as const;

/** What an `assert` measures: one of three figures of the network, or the shape at a path. */
export function buildAssertSubject(
  context: BuildContext,
  token: IToken | undefined,
  path: PathReferenceCstNode | undefined,
  close: IToken | undefined,
  fallback: Span,
): AssertSubject {
  if (!token) return { kind: "metric", metric: "params", span: fallback };
  const span = tokenSpan(context, token);
  if (token.image === "shape") {
    if (!path) {
      report(context, "syntax/unknown-subject", span, '"shape" does not say of which value.', {
        hint: "Write shape(stem) with the path of a value.",
      });
    }
    const reference = buildPath(context, path, span.end);
    const whole = cover(span, close ? tokenSpan(context, close) : reference.span);
    return { kind: "shape", path: reference, span: whole };
  }
  const metric = metrics.find((known) => known === token.image);
  if (metric === undefined) {
    const near = didYouMean(token.image, [...metrics, "shape"]);
    report(context, "syntax/unknown-subject", span, `An assert knows no "${token.image}".`, {
      hint: near ? `Did you mean "${near}"?` : "Write params, macs, memory or shape(path).",
      ...rewriteFix(span, near),
    });
  } else if (path) {
    report(context, "syntax/unknown-subject", span, `"${metric}" is a figure of the whole network and takes no path.`, {
      hint: `Write "${metric}" alone.`,
    });
  }
  return { kind: "metric", metric: metric ?? "params", span };
}
