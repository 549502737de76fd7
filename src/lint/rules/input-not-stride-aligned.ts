import type { Fix } from "../../diagnostics/diagnostic.ts";
import { figuresOf } from "../figures.ts";
import { familyOf } from "../families.ts";
import { replace } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import { shortCount } from "../short-count.ts";
import type { NetworkRule } from "../rule.ts";
import type { Expression } from "../../syntax/ast.ts";

/** Reports image sizes that the total stride does not divide. */
export const inputNotStrideAligned: NetworkRule = {
  id: "input-not-stride-aligned",
  over: "network",
  category: "efficiency",
  severity: "info",
  summary: "An image whose sides are no multiple of the network's total stride",
  why: "Each stride halves the map, and an odd map is rounded up: it costs as much as the next even one, and its border is computed from padding. MobileNetV2 costs 344.8 M multiply-adds at 225 pixels, and 300.8 M at 224. Sizes that the family was published with are exempt.",
  source: "Computed from the graph.",
  bad: `network N {\n  input image [225, 225, 3]\n  conv 3x3 16 stride=2 padding=same act=relu\n  conv 3x3 16 stride=2 padding=same act=relu\n}\n`,
  good: `network N {\n  input image [224, 224, 3]\n  conv 3x3 16 stride=2 padding=same act=relu\n  conv 3x3 16 stride=2 padding=same act=relu\n}\n`,
  near: `// SqueezeNet was published with images of 227 pixels.
network N family=squeezenet {
  input image [227, 227, 3]
  conv 3x3 64 stride=2 padding=same act=relu
  conv 3x3 64 stride=2 padding=same act=relu
}
`,
  check(context) {
    const { graph } = context;
    const [height = 1, width = 1] = graph.input.shape;
    const { strides } = context;
    // The pool before the head strides by its kernel, and no layer after it has a border.
    const maps = graph.nodes.filter(
      ({ shape, op }) => op === "conv" || op === "depthwise" || (op === "pool" && (shape[0] ?? 1) > 1),
    );
    const total = maps.reduce((most, { id }) => Math.max(most, ...(strides.get(id) ?? [1, 1])), 1);
    // An upsample can make the total stride a fraction, and no size is a multiple of that.
    if (!Number.isInteger(total) || total < 2 || (height % total === 0 && width % total === 0)) return [];
    if (familyOf(graph.family).sizes?.includes(height) === true && height === width) return [];
    const declared = context.declaration.body.find((item) => item.kind === "input");
    if (declared === undefined || declared.shape === null) return [];
    const side = height % total === 0 ? width : height;
    const better = Math.max(total, Math.round(side / total) * total);
    const sizes = sizePlaces(context, declared.shape, side);
    const edits = sizes.length === 0 ? null : sizes.map(({ span }) => replace(span, String(better)));
    const after = edits === null ? null : context.after(edits);
    const cost =
      after === null
        ? ""
        : `: ${shortCount(context.macs)} multiply-adds, and ${shortCount(figuresOf(after.training)["multiply-adds"])} at ${better}`;
    const fix: Fix | null =
      edits === null || after === null ? null : { message: `Make it ${better}`, edits, safety: "suggestion" };
    return [
      {
        span: sizes[0]?.span ?? declared.shape.span,
        message: `${side} pixels are no multiple of the total stride ${total}, so inner maps have odd sides${cost}.`,
        hint: `Use a size of ${Math.max(total, Math.floor(side / total) * total)} or ${Math.ceil(side / total) * total}.`,
        ...(fix === null ? {} : { fix }),
      },
    ];
  },
};

/**
 * Returns the numbers that set the side, in the input, in the param that it names or in the preset. There are none if the value is from
 * `--set`.
 */
function sizePlaces({ declaration, preset }: NetworkContext, shape: Expression, side: number): readonly Expression[] {
  const elements = shape.kind === "list" ? shape.elements.slice(0, 2) : [];
  const found = elements.flatMap((element) => {
    if (element.kind === "number" && element.value === side) return [element];
    if (element.kind !== "reference") return [];
    const given = preset?.args.find(({ name }) => name?.text === element.name)?.value;
    const param = declaration.body.find((item) => item.kind === "param" && item.name.text === element.name);
    const value = given ?? (param?.kind === "param" ? param.value : undefined);
    return value?.kind === "number" && value.value === side ? [value] : [];
  });
  return [...new Set(found)];
}
