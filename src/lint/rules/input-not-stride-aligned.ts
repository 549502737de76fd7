import type { Fix } from "../../diagnostics/diagnostic.ts";
import { figuresOf } from "../figures.ts";
import { familyOf } from "../families.ts";
import { replace } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import { shortCount } from "../short-count.ts";
import type { NetworkRule } from "../rule.ts";
import type { Expression } from "../../syntax/ast.ts";

/** An image that the strides do not divide. */
export const inputNotStrideAligned: NetworkRule = {
  id: "input-not-stride-aligned",
  over: "network",
  category: "efficiency",
  severity: "info",
  summary: "An image whose sides are no multiple of the network's total stride",
  why: "Each stride halves the map, and an odd map is rounded up: it costs as the next even one does, and its border is computed from padding. 225 pixels cost MobileNetV2 344.8 M multiply-adds, 224 cost 300.8 M. Sizes that the family was published with are exempt.",
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
    // A pool in front of the head has its kernel's stride, and nothing behind it has a border.
    const maps = graph.nodes.filter(
      ({ shape, op }) => op === "conv" || op === "depthwise" || (op === "pool" && (shape[0] ?? 1) > 1),
    );
    const total = maps.reduce((most, { id }) => Math.max(most, ...(strides.get(id) ?? [1, 1])), 1);
    // What an image of a few strides loses is its size, not a border.
    if (!Number.isInteger(total) || total < 2 || (height % total === 0 && width % total === 0)) return [];
    if (familyOf(graph.family).sizes?.includes(height) === true && height === width) return [];
    const declared = context.declaration.body.find((item) => item.kind === "input");
    if (declared === undefined) return [];
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
        message: `${side} pixels are no multiple of the total stride ${total}, so maps inside are odd${cost}.`,
        hint: `Use a size of ${Math.max(total, Math.floor(side / total) * total)} or ${Math.ceil(side / total) * total}.`,
        ...(fix === null ? {} : { fix }),
      },
    ];
  },
};

/** The numbers that say the side, in the input, in the param it names or in the preset; none where it comes from outside. */
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
