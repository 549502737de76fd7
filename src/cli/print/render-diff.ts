import { diffClasses, type DiffClass } from "../../analysis/diff/diff-classes.ts";
import type { NetworkDiff } from "../../analysis/diff/diff-networks.ts";
import {
  isDerived,
  type AttributeValue,
  type CountDelta,
  type CountsDiff,
  type GraphDiff,
  type IoChange,
  type SourceChange,
  type WeightChange,
  type WeightsDiff,
} from "../../analysis/diff/diff-parts.ts";
import { printable } from "../../diagnostics/printable.ts";
import { formatShape, type Shape } from "../../ir/shape.ts";
import { alignColumns } from "./align-columns.ts";
import { grouped } from "../../text/grouped.ts";

/** How many lines of one class are listed for people. */
const mostLines = 40;

function limited(lines: readonly string[]): readonly string[] {
  const more = lines.length - mostLines;
  return more <= 0 ? lines : [...lines.slice(0, mostLines), `  and ${more} more; --json has them all`];
}

/** Writes a difference: `+34 112`, `-5`, `0`. */
function signed(delta: number): string {
  return delta === 0 ? "0" : `${delta > 0 ? "+" : "-"}${grouped(Math.abs(delta))}`;
}

function percent({ a, delta }: CountDelta): string {
  if (delta === 0 || a === 0) return "";
  const share = ((100 * delta) / a).toFixed(1);
  return `${delta > 0 ? "+" : ""}${share} %`;
}

function countLines(counts: CountsDiff): string {
  const names: readonly (readonly [string, keyof CountsDiff, string])[] = [
    ["parameters", "params", "trainable"],
    ["all parameters", "totalParams", "with moving statistics"],
    ["multiply-adds", "macs", "of one image; FLOPs = 2 x"],
    ["peak bytes", "peakBytes", "activations live at once, float32"],
    ["weight bytes", "weightBytes", "after folding, float32"],
    ["residuals", "residuals", ""],
    ["layers", "layers", ""],
  ];
  const rows = names.map(([name, key, what]) => {
    const count = counts[key];
    return [name, grouped(count.a), grouped(count.b), signed(count.delta), percent(count), what];
  });
  const sides = ["left", "right", "right", "right", "right", "left"] as const;
  return alignColumns([["", "a", "b", "b - a", "", ""], ...rows], sides);
}

/** Aligns rows whose first cell is a mark: `+` only in b, `-` only in a, `~` changed, `>` renamed. */
function marked(rows: readonly (readonly string[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const shown = rows.slice(0, mostLines);
  const width = Math.max(...shown.map((row) => row.length));
  const padded = shown.map((row) => [...row, ...Array<string>(width - row.length).fill("")]);
  const text = alignColumns(padded, Array<"left">(width).fill("left"));
  const rest = rows.slice(mostLines).map(() => "");
  return limited([...text.split("\n").map((line) => `  ${line}`), ...rest]);
}

function ioLines(changes: readonly IoChange[]): readonly string[] {
  return marked(
    changes.map(({ what, name, from, to }) => [
      from === null ? "+" : to === null ? "-" : "~",
      name === null ? what : `${what} "${name}"`,
      printable(from === null ? (to ?? "") : to === null ? from : `${from} -> ${to}`),
    ]),
  );
}

const weightMarks = { renamed: ">", reshaped: "~", removed: "-", added: "+" } as const;

function weightRow({ change, name, newName, shape, newShape, reason }: WeightChange): readonly string[] {
  const text = (value: Shape | null): string => (value === null ? "" : formatShape(value));
  switch (change) {
    case "renamed":
      return [weightMarks[change], name, text(shape), `renamed to ${newName ?? ""}? the same shape in the same place`];
    case "reshaped":
      return [weightMarks[change], name, `${text(shape)} -> ${text(newShape)}`, "another shape"];
    case "removed":
      return [weightMarks[change], name, text(shape), reason];
    case "added":
      return [weightMarks[change], name, text(newShape), "new: a checkpoint for a has none"];
  }
}

function weightLines({ changes }: WeightsDiff): readonly string[] {
  return marked(changes.map(weightRow));
}

function weightTotals({ loads, checkpoint, needed }: WeightsDiff): string {
  return (
    `a checkpoint for a brings ${loads.tensors} of its ${checkpoint.tensors} tensors ` +
    `(${grouped(loads.elements)} of ${grouped(checkpoint.elements)} numbers) to b, which reads ${needed}`
  );
}

/** Writes a pair of axes: `2`, or `1x2` where they differ. */
function pairText(value: AttributeValue): string {
  return attributeText(value).replace(/^(\d+)x\1$/, "$1");
}

/** Writes the value of an attribute in a few words: `3x3`, `relu6`, `he_normal`. */
function attributeText(value: AttributeValue): string {
  if (value === null) return "none";
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) {
    const separator = value.every((item) => typeof item === "number") ? "x" : ", ";
    return value.length === 0 ? "nothing" : value.map(attributeText).join(separator);
  }
  const named = new Set(["fn", "kind"]);
  return Object.entries(value)
    .map(([key, field]) => (named.has(key) ? attributeText(field) : `${key}=${attributeText(field)}`))
    .join(" ");
}

function graphLines(graph: GraphDiff): readonly string[] {
  const own = graph.changed.filter(({ changes }) => !isDerived(changes));
  const derived = graph.changed.filter(({ changes }) => isDerived(changes));
  const [firstDerived] = derived.flatMap(({ path, changes }) =>
    changes.filter(({ attribute }) => attribute === "shape").map(({ from, to }) => ({ path, from, to })),
  );
  const rows = [
    ...graph.removed.map(({ path, op, shape }) => ["-", path, op, formatShape(shape)]),
    ...graph.added.map(({ path, op, shape }) => ["+", path, op, formatShape(shape)]),
    ...graph.renamed.map(({ from, to, op }) => [">", from, op, `is ${to} now`]),
    ...own.map(({ path, op, changes }) => [
      "~",
      path,
      op,
      changes
        // Shape and pads follow from other attributes. They are listed only where nothing else changed.
        .filter(({ attribute }) => attribute !== "shape" && attribute !== "pads")
        .map(({ attribute, from, to }) => {
          const text = attribute === "stride" || attribute === "dilation" ? pairText : attributeText;
          return `${attribute} ${text(from)} -> ${text(to)}`;
        })
        .join(", "),
    ]),
    ...graph.blocks.map(({ path, stride, residual }) => [
      "~",
      path,
      "block",
      [
        ...(stride === null ? [] : [`stride ${pairText(stride.from)} -> ${pairText(stride.to)}`]),
        ...(residual === null ? [] : [`residual ${yes(residual.from)} -> ${yes(residual.to)}: ${residual.reason}`]),
      ].join(", "),
    ]),
    ...graph.outputs.map(({ name, from, to }) => ["~", name, "output", `is ${to} now, and was ${from}`]),
  ];
  const first =
    firstDerived === undefined
      ? ""
      : `, the first ${firstDerived.path}: ${attributeText(firstDerived.from)} -> ${attributeText(firstDerived.to)}`;
  const nodes = derived.length === 1 ? "1 node has" : `${derived.length} nodes have`;
  return [...marked(rows), ...(derived.length === 0 ? [] : [`  ${nodes} another shape or padding only${first}`])];
}

function yes(added: boolean): string {
  return added ? "yes" : "no";
}

const marks = { changed: "~", removed: "-", added: "+" } as const;

function sourceLinesOf(changes: readonly SourceChange[]): readonly string[] {
  return limited(
    changes.flatMap(({ declaration, change, lines }) => [
      `  ${marks[change]} ${declaration}`,
      ...lines.map((line) => `      ${marks[line.change]} ${String(line.line).padStart(4)}  ${printable(line.text)}`),
    ]),
  );
}

const notes: Readonly<Record<DiffClass, string>> = {
  io: "input, outputs, labels: callers notice",
  weights: "names and shapes: checkpoints notice",
  graph: "what is computed",
  source: "what is written, comments and spacing apart",
};

/** Writes a comparison for people: totals, then each class that differs, the most severe first. */
export function renderDiff(a: string, b: string, diff: NetworkDiff): string {
  const lines: Readonly<Record<DiffClass, readonly string[]>> = {
    io: ioLines(diff.io),
    weights: weightLines(diff.weights),
    graph: graphLines(diff.graph),
    source: sourceLinesOf(diff.source),
  };
  const same = diffClasses.filter((name) => !diff.classes.includes(name));
  return [
    `a  ${a}\nb  ${b}`,
    countLines(diff.counts),
    ...diff.classes.map((name) =>
      [
        `${name} (${notes[name]})`,
        ...(name === "weights" ? [`  ${weightTotals(diff.weights)}`] : []),
        ...lines[name],
      ].join("\n"),
    ),
    ...(same.length === 0 ? [] : [`the same: ${same.join(", ")}`]),
  ].join("\n\n");
}
