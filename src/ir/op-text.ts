import { type Activation, formatActivation } from "./activation.ts";
import { formatInitializer, type Initializer } from "./initializer.ts";
import type { MergedBranch } from "./merged-branch.ts";
import type { NormFold } from "./norm-fold.ts";
import type { KnownShapes, WeightSlot } from "./op-definition.ts";
import { formatShape } from "./shape.ts";
import type { Padding, Pads, Pair } from "./window.ts";

// Parts of the texts in which ops show themselves: settings in printed graphs, labels in drawings.

/** Returns the shape of the kernel (HWIO, HWIM or IO) if the slots are known, else the text that is given. */
export function kernelSetting(slots: readonly WeightSlot[] | null, unshaped: string): string {
  const slot = slots?.find(({ name }) => name === "kernel");
  return slot === undefined ? unshaped : formatShape(slot.shape);
}

interface WindowSettings {
  readonly stride: Pair;
  readonly dilation: Pair;
  readonly padding: Padding;
}

/** Returns stride and dilation unless they are 1, and the padding: as four numbers if they are known. */
export function windowSettings({ stride, dilation, padding }: WindowSettings, { pads }: KnownShapes): string[] {
  const where =
    pads === undefined
      ? `padding=${typeof padding === "string" ? padding : padding.join(",")}`
      : `pads=${pads.join(",")}`;
  return [...pairSetting("stride", stride), ...pairSetting("dilation", dilation), where];
}

function pairSetting(name: string, [vertical, horizontal]: Pair): string[] {
  if (vertical === 1 && horizontal === 1) return [];
  return [`${name}=${vertical === horizontal ? vertical : `${vertical}x${horizontal}`}`];
}

interface LinearSettings {
  readonly init: Initializer;
  readonly bias: boolean;
  readonly biasInit: Initializer;
  readonly folded: readonly NormFold[];
  readonly merged?: readonly MergedBranch[] | undefined;
  readonly activation: Activation | null;
}

/** Returns the settings that convs and dense layers share. Leaves out usual initialisers. */
export function linearSettings(op: LinearSettings, usual: Pick<LinearSettings, "init" | "biasInit">): string[] {
  return [
    ...(op.init.kind === usual.init.kind ? [] : [`init=${formatInitializer(op.init)}`]),
    ...(op.bias ? ["bias"] : []),
    ...(op.biasInit.kind === usual.biasInit.kind ? [] : [`bias_init=${formatInitializer(op.biasInit)}`]),
    ...(op.merged ?? []).map(branchText),
    ...op.folded.map(foldText),
    ...(op.activation === null ? [] : [`act=${formatActivation(op.activation)}`]),
  ];
}

function branchText({ kind, path, kernel, groups, folded, at }: MergedBranch): string {
  const parts = [
    path,
    kind,
    kernel.join("x"),
    ...(kind === "conv" && groups > 1 ? [`groups=${groups}`] : []),
    `at=${at.join(",")}`,
  ];
  return `merge(${[...parts, ...folded.map(foldText)].join(" ")})`;
}

function foldText(fold: NormFold): string {
  if ("factor" in fold) return `fold(${fold.path} ${fold.factor === null ? "scale" : `factor=${fold.factor}`})`;
  if ("amount" in fold) return `fold(${fold.path} ${fold.amount === null ? "shift" : `amount=${fold.amount}`})`;
  return `fold(${[fold.path, `eps=${fold.eps}`, ...normFlags(fold)].join(" ")})`;
}

/** Returns whether a norm has a factor and an offset, unless it has both. */
export function normFlags({ scale, center }: { readonly scale: boolean; readonly center: boolean }): string[] {
  return [...(scale ? [] : [`scale=${scale}`]), ...(center ? [] : [`center=${center}`])];
}

/** Joins the words of a label. Leaves out those that are false. */
export function words(...parts: readonly (string | number | false)[]): string {
  return parts.filter((part) => part !== false).join(" ");
}

/** Writes height and width as `3x3`. */
export function sizeWord([vertical, horizontal]: Pair): string {
  return `${vertical}x${horizontal}`;
}

/** Writes stride and dilation as a spec does, unless they are 1. */
export function windowWords({
  stride,
  dilation,
}: Pick<WindowSettings, "stride" | "dilation">): readonly (string | false)[] {
  return [pairWord("stride", stride), pairWord("dilation", dilation)];
}

function pairWord(name: string, [vertical, horizontal]: Pair): string | false {
  if (vertical === 1 && horizontal === 1) return false;
  return vertical === horizontal ? `${name}=${vertical}` : `${name}=[${vertical}, ${horizontal}]`;
}

/** Writes rows and columns on each side as nothing, one number, or four. */
export function marginsWord(margins: Pads): string | number | false {
  const [top] = margins;
  if (margins.some((margin) => margin !== top)) return `[${margins.join(", ")}]`;
  return top > 0 && top;
}
