import type { Fix } from "../../diagnostics/diagnostic.ts";
import { channelsOf } from "../../ir/shape.ts";
import type { CallExpression, Expression, NumberLiteral, ParamDeclaration, Statement } from "../../syntax/ast.ts";
import { slotsOf, walkStatements } from "../../syntax/visit.ts";
import { replace } from "../edits.ts";
import { referencesIn } from "../expression-references.ts";
import { familyOf } from "../families.ts";
import type { NetworkContext } from "../network-context.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { isWidthParam } from "../width-param.ts";

const multiple = 8;

/** A width multiplier that leaves odd numbers of channels. */
export const channelsNotRounded: NetworkRule = {
  id: "channels-not-rounded",
  over: "network",
  category: "efficiency",
  severity: "warning",
  summary: "Channels scaled by a width and not rounded to a multiple of 8",
  why: "Kernels work on 4, 8 or 32 channels at once, and the rest of a last group is wasted. The reference implementations round scaled channels to a multiple of 8, and never below nine tenths: divisible(c * width, 8). floor gives other counts than the published ones, and without any rounding most widths do not compile. MobileNetV1 in Keras rounds down, and is exempt.",
  source: "pytorch/vision issues 973, 1005 and 8905; mmpretrain's int(1280 * widen_factor); slim's _make_divisible.",
  bad: `network N {\n  param width = 1.0 in 0.25 .. 1.0\n  let ch(c) = floor(c * width)\n  input image [32, 32, 3]\n  conv 3x3 ch(24) act=relu\n}\n`,
  good: `network N {\n  param width = 1.0 in 0.25 .. 1.0\n  let ch(c) = divisible(c * width, 8)\n  input image [32, 32, 3]\n  conv 3x3 ch(24) act=relu\n}\n`,
  near: `// The call of divisible around max rounds the product.
network N {
  param width = 1.0 in 0.25 .. 1.0
  input image [32, 32, 3]
  conv 3x3 divisible(max(24 * width, 16), 8) act=relu
}
`,
  check(context) {
    const { declaration, graph } = context;
    if (familyOf(graph.family).roundsDown === true) return [];
    const width = declaration.body.find(
      (item): item is ParamDeclaration => item.kind === "param" && isWidthParam(item.name.text),
    );
    if (width === undefined) return [];
    const name = width.name.text;
    const expressions = channelExpressions(declaration.body);
    const products = expressions.flatMap((expression) => scaled(expression, name, null));
    const divisors = expressions.flatMap((expression) => oddDivisors(expression, name));
    const odd = divisors.map((divisor): Finding => ({
      span: divisor.span,
      message: `Channels scaled by "${name}" are rounded to multiples of ${divisor.value}, and kernels work on 4 or ${multiple} at once.`,
      hint: `Round to multiples of ${multiple}.`,
      fix: {
        message: `Round to multiples of ${multiple}`,
        edits: [replace(divisor.span, String(multiple))],
        safety: "suggestion",
      },
    }));
    const unrounded = products.map(({ product, rounding }): Finding => {
      const target = rounding ?? product;
      const inner = context.program.entry.source.text.slice(product.span.start, product.span.end);
      const fix: Fix = {
        message: `Round to a multiple of ${multiple}`,
        edits: [replace(target.span, `divisible(${inner}, ${multiple})`)],
        safety: "suggestion",
      };
      return {
        span: target.span,
        message: `Channels scaled by "${name}" are ${rounding === null ? "not rounded" : `rounded by ${rounding.callee.text}`}, not to a multiple of ${multiple}${consequence(context, name)}.`,
        hint: `Write divisible(${inner}, ${multiple}).`,
        fix,
      };
    });
    return [...unrounded, ...odd];
  },
};

/** Returns the expressions of a network's own statements that channels may come from: arguments, cells and lets. */
function channelExpressions(body: readonly Statement[]): readonly Expression[] {
  const expressions: Expression[] = [];
  walkStatements(body, (statement) => {
    if (statement.kind !== "call-statement" && statement.kind !== "table" && statement.kind !== "let") return;
    for (const { role, expression } of slotsOf(statement)) if (role !== "expected-shape") expressions.push(expression);
  });
  return expressions;
}

/** Products with the width that no divisible stands around, with the rounding that does. */
function scaled(
  expression: Expression,
  width: string,
  rounding: CallExpression | null,
): readonly { readonly product: Expression; readonly rounding: CallExpression | null }[] {
  if (expression.kind === "call") {
    if (expression.callee.text === "divisible") return [];
    const rounds = ["floor", "ceil", "round"].includes(expression.callee.text);
    return expression.args.flatMap(({ value }) => scaled(value, width, rounds ? expression : null));
  }
  if (expression.kind !== "binary") {
    return expression.kind === "list" ? expression.elements.flatMap((element) => scaled(element, width, null)) : [];
  }
  const { operator, left, right } = expression;
  const scales = (operator === "*" || operator === "/") && referencesIn(expression).some(({ name }) => name === width);
  if (scales) return [{ product: expression, rounding }];
  return [...scaled(left, width, null), ...scaled(right, width, null)];
}

/** What divisible rounds a product with the width to, where that is no multiple of four. */
function oddDivisors(expression: Expression, width: string): readonly NumberLiteral[] {
  if (expression.kind !== "call") return [];
  const by = expression.args.find(({ name }, at) => (name === null ? at === 1 : name.text === "by"))?.value;
  const odd =
    by?.kind === "number" && by.value % 4 !== 0 && referencesIn(expression).some(({ name }) => name === width);
  if (expression.callee.text === "divisible") return odd ? [by] : [];
  return expression.args.flatMap(({ value }) => oddDivisors(value, width));
}

/** What the lack of rounding does at another width. */
function consequence(context: NetworkContext, name: string): string {
  for (const width of [0.75, 0.35, 0.5, 1.3]) {
    const known = context.graph.params[name] === width ? context.graph : context.variant({ [name]: width })?.training;
    if (known === undefined) continue;
    const odd = known.nodes.filter(
      (node) =>
        node.op === "conv" && node.groups === 1 && node.shape.length === 3 && channelsOf(node.shape) % multiple !== 0,
    );
    const [first] = odd;
    if (first === undefined) continue;
    return `: at ${width} "${first.layer}" has ${channelsOf(first.shape)}${odd.length === 1 ? "" : `, and ${odd.length - 1} more convs are odd`}`;
  }
  return "";
}
