import type { Alignment, Part, Slot, Step } from "./align-instances.ts";
import { concreteDepthwise } from "./concrete-depthwise.ts";
import type { BodyPlan, LinePlan, OptionPlan, PartPlan, Setting, Target } from "./module-plan.ts";
import { nameOptions, partWords, settingWord, slotWords, type Draft } from "./name-options.ts";
import { isDepthwiseInitializer, valueKey, type Value } from "./value.ts";

/** The helper's options, and its lines with each setting written out or read from one of them. */
export interface PlannedBody {
  readonly options: readonly OptionPlan[];
  readonly body: BodyPlan;
}

/** A setting of one line: what each instance that has the line gives. */
interface Column {
  readonly slot: number;
  readonly name: string;
  /** What it is called among a helper's options. */
  readonly word: string;
  readonly values: readonly (Value | undefined)[];
  readonly constant: boolean;
}

/** Where a setting that varies is read from. */
interface Source {
  readonly draft: Draft;
  readonly field: string | null;
}

/** Decides what varies: a setting that all instances share is written out, what differs becomes an option. */
export function planOptions(
  alignment: Alignment,
  targetOf: (name: string) => Target,
  taken: ReadonlySet<string>,
): PlannedBody {
  const columns = alignment.slots.map(columnsOf);
  const sources = new Map<Column, Source>();
  const always = draftsOfLines(alignment, columns, sources);
  const parts = alignment.parts.map((part) => draftOfPart(alignment, part, columns, always, sources));
  const options = nameOptions([...new Set([...always, ...parts.map(({ draft }) => draft)])], taken);

  const optionOf = (draft: Draft): OptionPlan => {
    const option = options.get(draft);
    if (option === undefined) throw new Error("internal: an option without a name");
    return option;
  };
  const settingOf = (column: Column): [string, Setting][] => {
    const [first] = column.values;
    const source = sources.get(column);
    if (source === undefined) return first === undefined ? [] : [[column.name, { kind: "literal", value: first }]];
    const values = column.values.filter((value) => value !== undefined);
    return [[column.name, { kind: "option", option: optionOf(source.draft), field: source.field, values }]];
  };
  const lines = alignment.slots.map(({ path, target, inputs, part }, position): LinePlan => ({
    path,
    target: targetOf(target),
    settings: new Map((columns[position] ?? []).flatMap(settingOf)),
    inputs,
    part,
    shape: null,
  }));
  const ifs = alignment.parts.map((part, position): PartPlan => {
    const planned = parts[position];
    if (planned === undefined) throw new Error("internal: a part without an option");
    return { ...part, option: optionOf(planned.draft), test: planned.test };
  });
  return { options: [...options.values()], body: { lines, parts: ifs, output: alignment.output } };
}

/** The settings of a line, in the order its steps give them, each with one entry per instance. */
function columnsOf(slot: Slot, position: number): readonly Column[] {
  const steps = slot.steps.filter((step) => step !== null);
  const names = new Set(steps.flatMap((step) => [...step.values.keys()]));
  return [...names].map((name) => {
    // A layer that lacks a setting has no use for it (the initialiser of a bias it has not); a helper's option left out says so.
    const wildcard = slot.target.startsWith("layer:")
      ? steps.find((step) => step.values.has(name))?.values.get(name)
      : undefined;
    const valueIn = (step: Step): Value | undefined => step.values.get(name) ?? wildcard;
    const constant = new Set(steps.map((step) => valueKey(valueIn(step)))).size <= 1;
    const values = slot.steps.map((step) => {
      const value = step === null ? undefined : valueIn(step);
      return step !== null && value !== undefined && isDepthwiseInitializer(value)
        ? concreteDepthwise(value, step.values)
        : value;
    });
    const word = settingWord(slot.target, name);
    return { slot: position, name, word, values: constant ? steps.slice(0, 1).map(valueIn) : values, constant };
  });
}

/** Options of the lines that every instance has. Lines that always agree (both convs of a residual block) share one. */
function draftsOfLines(
  alignment: Alignment,
  columns: readonly (readonly Column[])[],
  sources: Map<Column, Source>,
): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const [position, slot] of alignment.slots.entries()) {
    if (slot.part !== null) continue;
    for (const column of columns[position] ?? []) {
      if (column.constant) continue;
      const key = `${column.word} ${column.values.map(valueKey).join(" ")}`;
      const { word, values } = column;
      const draft = drafts.get(key) ?? {
        slot: position,
        words: slotWords(slot.path, word),
        values,
        fallback: usualValue(column),
      };
      drafts.set(key, draft);
      sources.set(column, { draft, field: null });
    }
  }
  return [...drafts.values()];
}

/** The option that says whether a part is there, and where one can, with what. */
function draftOfPart(
  alignment: Alignment,
  part: Part,
  columns: readonly (readonly Column[])[],
  always: readonly Draft[],
  sources: Map<Column, Source>,
): { readonly draft: Draft; readonly test: PartPlan["test"] } {
  const own: Column[] = [];
  for (const column of columns.slice(part.first, part.last + 1).flat()) {
    if (column.constant) continue;
    const shared = always.find((draft) => draft.words[0] === column.word && agrees(column, draft));
    if (shared === undefined) own.push(column);
    else sources.set(column, { draft: shared, field: null });
  }
  const words = partWords(alignment.slots.slice(part.first, part.last + 1).map(({ path }) => path));
  const present = alignment.slots[part.first]?.steps.map((step) => step !== null) ?? [];
  const [only] = own;
  if (only === undefined) return { draft: flagDraft(alignment, part, words, present), test: "flag" };
  if (own.length === 1 && only.values.every((value, instance) => (value !== undefined) === present[instance])) {
    const draft = { slot: part.first, words, values: only.values, fallback: null };
    sources.set(only, { draft, field: null });
    return { draft, test: "given" };
  }
  const values = present.map((there, instance) => (there ? fieldsOf(own, instance) : undefined));
  const draft = { slot: part.first, words, values, fallback: null };
  for (const column of own) sources.set(column, { draft, field: fieldName(own, column) });
  return { draft, test: "given" };
}

/** True where the part's setting is that of lines outside it, wherever it matters. */
function agrees(column: Column, draft: Draft): boolean {
  return column.values.every(
    (value, instance) => value === undefined || valueKey(value) === valueKey(draft.values[instance]),
  );
}

/** Whether the lines of a part are there. A block's last add is its residual. */
function flagDraft(
  alignment: Alignment,
  { first }: Part,
  words: readonly string[],
  present: readonly boolean[],
): Draft {
  const slot = alignment.slots[first];
  if (slot?.target === "layer:add" && slot.path === "add") {
    return { slot: first, words: ["residual", "withResidual"], values: present, fallback: false };
  }
  return { slot: first, words, values: present, fallback: commoner(present) };
}

function fieldsOf(own: readonly Column[], instance: number): Value {
  const fields = own.map((column) => [fieldName(own, column), column.values[instance]] as const);
  return { fields: new Map(fields.filter((entry): entry is [string, Value] => entry[1] !== undefined)) };
}

function fieldName(own: readonly Column[], column: Column): string {
  const namesakes = own.filter(({ word }) => word === column.word);
  return namesakes.length === 1 ? column.word : `${column.word}${namesakes.indexOf(column) + 1}`;
}

/** What a call need not say: one step is what nearly every layer takes; of two answers, the commoner. */
function usualValue({ name, values }: Column): Value | null {
  if (values.includes(undefined)) return null;
  if (["strides", "dilationRate", "groups", "depthMultiplier"].includes(name)) return values.includes(1) ? 1 : null;
  if (name === "padding") return values.includes("same") ? "same" : null;
  return values.every((value) => typeof value === "boolean") ? commoner(values) : null;
}

function commoner(flags: readonly boolean[]): boolean {
  return flags.filter(Boolean).length * 2 > flags.length;
}
