import type { Fix, TextEdit } from "../../diagnostics/diagnostic.ts";
import { blockRows, type BlockRow } from "../block-rows.ts";
import { replace } from "../edits.ts";
import { figuresOf } from "../figures.ts";
import type { NetworkContext } from "../network-context.ts";
import { originOf, type Origin } from "../origin.ts";
import { shortCount } from "../short-count.ts";
import { stageRows, type StageRow } from "../stage-rows.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { groupByPlace, originPlace } from "../trace-places.ts";

/** Up to this size an image is a thumbnail, and early strides are left out on purpose. */
const smallImage = 64;

/** Reports strides on other rows than the paper's, and rows in which every repeat takes the stride. */
export const stridePatternDrift: NetworkRule = {
  id: "stride-pattern-drift",
  over: "network",
  category: "correctness",
  severity: "warning",
  summary: "A stride on another row than the family's, or on every repeat of a row",
  why: "Shapes fit wherever a stride stands, so nothing fails if it stands a row too late. MobileNetV2 with the stride of the 64-channel row on the 96-channel row runs, and costs 430 M multiply-adds instead of the paper's 300 M. A row's stride belongs to its first repeat; every repeat takes it if the block does not declare the parameter first. Rows are compared if their channels are those of the family that the network names. Images of 64 pixels and less are exempt.",
  source:
    "onnx/models issue 353 and shicai/MobileNet-Caffe issue 69 (429 to 430 M multiply-adds), d-li14/mobilenetv3.pytorch issue 12, tensorflow/tpu issue 383.",
  bad: `block unit(c, s = 1) residual=auto {\n  conv 3x3 c stride=s norm=batch act=relu padding=same\n}\nnetwork N {\n  input image [32, 32, 3]\n  unit {\n    |  c | n | s |\n    | 16 | 3 | 2 |\n  }\n  pool avg\n}\n`,
  good: `block unit(c, first s = 1) residual=auto {\n  conv 3x3 c stride=s norm=batch act=relu padding=same\n}\nnetwork N {\n  input image [32, 32, 3]\n  unit {\n    |  c | n | s |\n    | 16 | 3 | 2 |\n  }\n  pool avg\n}\n`,
  near: `// The row with the stride has one repeat.
block unit(c, s = 1) residual=auto {
  conv 3x3 c stride=s norm=batch act=relu padding=same
}
network N {
  input image [32, 32, 3]
  unit {
    |  c | n | s |
    | 16 | 1 | 2 |
    | 16 | 2 | 1 |
  }
  pool avg
}
`,
  check(context) {
    const names = strideParameters(context);
    return [...repeated(context, names), ...drifted(context, names)];
  },
};

/** Reports rows in which every repeat takes a stride: the parameter is not `first`, or its default is a stride. */
function repeated(context: NetworkContext, names: ReadonlyMap<number, string>): readonly Finding[] {
  const rows = blockRows(context).flatMap((row) => {
    const [, second] = row.instances;
    if (row.use.row === null || second?.stride == null || second.stride.every((stride) => stride === 1)) return [];
    const argument = strideArgument(context, names, row);
    const { declaration } = row.use.block;
    const parameter = declaration.parameters.find(({ name }) => name.text === argument?.name);
    if (argument === null || parameter === undefined) return [];
    const place = row.use.block.file.fromLibrary ? originPlace(argument.origin) : parameter.span;
    return [{ row, second, argument, parameter, place }];
  });
  return groupByPlace(rows, ({ place }) => place).map(([span, group]) => {
    const [{ row, second, parameter }] = group;
    const { name, value, first } = parameter;
    const [stride] = second.stride ?? [1, 1];
    const edit: TextEdit = first
      ? replace(value?.span ?? parameter.span, "1")
      : replace(
          { ...parameter.span, end: value === null ? parameter.span.end : parameter.span.start },
          value === null ? `first ${name.text} = 1` : "first ",
        );
    const fix: Fix | null = row.use.block.file.fromLibrary
      ? null
      : { message: `Let ${name.text} hold for the first repeat only`, edits: [edit], safety: "suggestion" };
    return {
      span,
      message: `All ${row.instances.length} repeats of "${row.instances[0].path}" take a stride of ${stride}${group.length === 1 ? "" : `, and so do ${group.length - 1} more rows`}.`,
      hint: `Declare the parameter "first ${name.text} = 1", so that a row's stride holds for its first repeat.`,
      related: group.map(({ argument }) => ({ message: "this row", span: originPlace(argument.origin) })),
      ...(fix === null ? {} : { fix }),
    };
  });
}

/** Reports rows whose stride differs from that of the family's network. */
function drifted(context: NetworkContext, names: ReadonlyMap<number, string>): readonly Finding[] {
  const [height = 0] = context.graph.input.shape;
  const rows = height <= smallImage ? null : stageRows(context);
  const wrong = (rows ?? []).filter(({ stride, expected, dilation }) => stride !== expected && dilation === 1);
  const [first, ...others] = wrong.map((stage) => ({ stage, argument: strideArgument(context, names, stage.row) }));
  if (first === undefined) return [];
  const edits = [first, ...others].flatMap(({ stage, argument }) => editOf(stage, argument?.origin ?? null));
  const whole = edits.length === wrong.length;
  const after = whole ? context.after(edits) : null;
  const cost =
    after === null
      ? ""
      : `: ${shortCount(context.macs)} multiply-adds, and ${shortCount(figuresOf(after.training)["multiply-adds"])} with the family's strides`;
  const place = (found: typeof first) =>
    found.argument === null ? found.stage.row.instances[0].span : originPlace(found.argument.origin);
  const { stage } = first;
  return [
    {
      span: place(first),
      message: `The row of ${stage.channels} channels shrinks the map by ${stage.stride}, and ${context.graph.family ?? ""} by ${stage.expected}${cost}.`,
      hint: `Give the row a stride of ${stage.expected}${others.length === 0 ? "" : ", and correct the others"}.`,
      related: others.map((other) => ({
        message: `and the row of ${other.stage.channels} channels by ${other.stage.stride}, not ${other.stage.expected}`,
        span: place(other),
      })),
      ...(after === null
        ? {}
        : { fix: { message: "Put the strides where the family has them", edits, safety: "suggestion" as const } }),
    },
  ];
}

/** Returns the parameter that a stride directly inside a block follows, by the index of the block instance. */
function strideParameters({ graph, trace }: NetworkContext): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  for (const { block, layer } of graph.nodes) {
    if (block === null || names.has(block)) continue;
    const stride = trace.layers.get(layer)?.args.get("stride")?.expression;
    if (stride?.kind === "reference") names.set(block, stride.name);
  }
  return names;
}

/** Returns the argument that a stride inside the block follows, else the argument `s` or `stride`. */
function strideArgument(
  { trace }: NetworkContext,
  names: ReadonlyMap<number, string>,
  { use, indices }: BlockRow,
): { readonly name: string; readonly origin: Origin } | null {
  for (const name of [names.get(indices[0]), "s", "stride"]) {
    const given = name === undefined ? undefined : use.args.get(name);
    if (name !== undefined && given !== undefined) return { name, origin: originOf(trace, given) };
  }
  return null;
}

function editOf({ expected }: StageRow, origin: Origin | null): readonly TextEdit[] {
  return origin?.expression.kind === "number" && !origin.scope.file.fromLibrary
    ? [replace(origin.expression.span, String(expected))]
    : [];
}
