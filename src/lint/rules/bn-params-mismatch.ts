import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { ShapedNodeOf } from "../../ir/graph.ts";
import type { Expression } from "../../syntax/ast.ts";
import type { Span } from "../../text/span.ts";
import { replace } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import { userPlace } from "../origin.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { argumentOrigin, groupByPlace, layerOf, statementPlace } from "../trace-places.ts";

type Norm = ShapedNodeOf<"batch_norm">;
type Key = "eps" | "momentum";

/** A value is the usual one if at most this share of the norms has another value. */
const minority = 0.25;

/** Reports norms whose settings differ from those of most others, or use PyTorch's meaning of momentum. */
export const bnParamsMismatch: NetworkRule = {
  id: "bn-params-mismatch",
  over: "network",
  category: "portability",
  severity: "info",
  summary: "Batch norm with other settings than the rest of the network, or with PyTorch's momentum",
  why: "TensorFlow's networks have eps 1e-3, PyTorch's have 1e-5. Weights that were trained with one value and run with the other drift from layer to layer. Momentum is the share of the old average that is kept, as in Keras. PyTorch's momentum=0.1 is 0.9 here; a momentum of 0.1 forgets within ten steps what the network saw. A few norms that differ from all others were usually written before the rest was changed.",
  source: "timm's BN_EPS_TF_DEFAULT; Keras 1e-3 and 0.99, torchvision 1e-5 and 0.1, slim 0.997.",
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 norm=batch(eps=1e-3, momentum=0.1) act=relu\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 norm=batch(eps=1e-3, momentum=0.9) act=relu\n}\n`,
  near: `// Each value has half of the norms, so neither is the exception.
network N {
  input image [32, 32, 3]
  conv 3x3 16 norm=batch(eps=1e-3, momentum=0.9) act=relu
  conv 3x3 16 norm=batch(eps=1e-5, momentum=0.9) act=relu
}
`,
  check(context) {
    const norms = context.graph.nodes.filter((node): node is Norm => node.op === "batch_norm");
    return [
      ...wrongWayRound(context, norms),
      ...outliers(context, norms, "eps"),
      ...outliers(context, norms, "momentum"),
    ];
  },
};

function wrongWayRound(context: NetworkContext, norms: readonly Norm[]): readonly Finding[] {
  const wrong = norms.filter(({ momentum }) => momentum < 0.5);
  return groupByPlace(wrong, (norm) => placeOf(context, norm, "momentum")).map(([span, [norm, ...others]]) => {
    const meant = Number((1 - norm.momentum).toPrecision(12));
    const fix = fixOf(context, norm, "momentum", meant);
    return {
      span,
      message: `"${norm.path}"${others.length === 0 ? "" : ` and ${others.length} more`} keep${others.length === 0 ? "s" : ""} ${norm.momentum} of the old average and take${others.length === 0 ? "s" : ""} ${meant} of each batch.`,
      hint: `Write momentum=${meant} if ${norm.momentum} is PyTorch's.`,
      ...(fix === null ? {} : { fix }),
    };
  });
}

function outliers(context: NetworkContext, norms: readonly Norm[], key: Key): readonly Finding[] {
  const counts = new Map<number, number>();
  for (const norm of norms) counts.set(norm[key], (counts.get(norm[key]) ?? 0) + 1);
  const [usual] = [...counts].sort((a, b) => b[1] - a[1]);
  if (usual === undefined || usual[1] < (1 - minority) * norms.length) return [];
  const other = norms.filter((norm) => norm[key] !== usual[0] && norm.momentum >= 0.5);
  return groupByPlace(other, (norm) => placeOf(context, norm, key)).map(([span, [norm, ...more]]) => {
    const fix = fixOf(context, norm, key, usual[0]);
    return {
      span,
      message: `"${norm.path}"${more.length === 0 ? " has" : ` and ${more.length} more have`} ${key} ${norm[key]}, and ${usual[1]} of ${norms.length} norms have ${usual[0]}.`,
      hint: `Write ${key}=${usual[0]}, if the weights come from one network.`,
      ...(fix === null ? {} : { fix }),
    };
  });
}

/** Returns the place of the setting, in a norm's own statement or in batch(…); null if the default holds. */
function settingOf(
  context: NetworkContext,
  norm: Norm,
  key: Key,
): { readonly value: Expression | null; readonly span: Span } | null {
  const statement = layerOf(context, norm)?.statement;
  if (statement?.callee.text === "norm") {
    const own = argumentOrigin(context, norm, key);
    return own === null ? null : { value: own.expression, span: userPlace(own.scope, own.span) };
  }
  const origin = argumentOrigin(context, norm, "norm");
  if (origin === null) return null;
  const { expression, scope, span } = origin;
  if (expression.kind !== "call" || scope.file.fromLibrary) return { value: null, span: userPlace(scope, span) };
  const at = expression.args.findIndex(({ name }) => name?.text === key);
  const positional = key === "eps" ? 0 : 1;
  const argument =
    expression.args[at] ?? (expression.args[positional]?.name === null ? expression.args[positional] : undefined);
  return argument === undefined ? { value: null, span } : { value: argument.value, span: argument.span };
}

function placeOf(context: NetworkContext, norm: Norm, key: Key): Span {
  return settingOf(context, norm, key)?.span ?? statementPlace(context, norm);
}

function fixOf(context: NetworkContext, norm: Norm, key: Key, value: number): Fix | null {
  const written = settingOf(context, norm, key)?.value;
  return written?.kind === "number"
    ? { message: `Make ${key} ${value}`, edits: [replace(written.span, String(value))], safety: "suggestion" }
    : null;
}
