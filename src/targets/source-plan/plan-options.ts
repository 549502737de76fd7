import type { Alignment, Part, Slot, Step } from "./align-instances.ts";
import type { BodyPlan, LinePlan, OptionPlan, PartPlan, Setting } from "./module-plan.ts";
import { nameOptions, type Draft } from "./name-options.ts";
import { partWords, slotWords } from "./path-words.ts";
import type { SourceLanguage } from "./source-language.ts";
import { valueKey, type Value } from "./value.ts";

/** A helper's options and lines. Each setting of a line is a literal or comes from an option. */
export interface PlannedBody<L extends string> {
  readonly options: readonly OptionPlan[];
  readonly body: BodyPlan<L>;
}

/** A setting of one line, with the value that each instance gives. */
interface Column {
  readonly slot: number;
  readonly name: string;
  /** Its name among a helper's options. */
  readonly word: string;
  /** The value in each instance, undefined if the instance lacks the line. A single value if all instances agree. */
  readonly values: readonly (Value | undefined)[];
  readonly constant: boolean;
}

/** The option, or the field of one, that a setting is read from. */
interface Source {
  readonly draft: Draft;
  readonly field: string | null;
}

/** The input and the results of planning one body. */
interface Planning<L extends string> {
  readonly language: SourceLanguage<L>;
  readonly alignment: Alignment<L>;
  /** The settings of each line. */
  readonly columns: readonly (readonly Column[])[];
  readonly sources: Map<Column, Source>;
}

/**
 * Decides the options of a helper. A setting with the same value in all instances becomes a literal. A setting that
 * differs becomes an option.
 */
export function planOptions<L extends string>(
  alignment: Alignment<L>,
  taken: ReadonlySet<string>,
  language: SourceLanguage<L>,
): PlannedBody<L> {
  const columns = alignment.slots.map((slot, position) => columnsOf(slot, position, language));
  const planning: Planning<L> = { language, alignment, columns, sources: new Map() };
  const always = draftsOfLines(planning);
  const parts = alignment.parts.map((part) => draftOfPart(planning, part, always));
  const options = nameOptions([...new Set([...always, ...parts.map(({ draft }) => draft)])], taken, language);

  const optionOf = (draft: Draft): OptionPlan => {
    const option = options.get(draft);
    if (option === undefined) throw new Error("internal: an option without a name");
    return option;
  };
  const settingOf = (column: Column): [string, Setting][] => {
    const [first] = column.values;
    const source = planning.sources.get(column);
    if (source === undefined) return first === undefined ? [] : [[column.name, { kind: "literal", value: first }]];
    const values = column.values.filter((value) => value !== undefined);
    return [[column.name, { kind: "option", option: optionOf(source.draft), field: source.field, values }]];
  };
  const lines = alignment.slots.map(({ path, target, inputs, part }, position): LinePlan<L> => ({
    path,
    target,
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

/** Returns the settings of a line in the order in which its steps give them. */
function columnsOf<L extends string>(
  { target, steps: all }: Slot<L>,
  position: number,
  language: SourceLanguage<L>,
): readonly Column[] {
  const steps = all.filter((step) => step !== null);
  const names = new Set(steps.flatMap((step) => [...step.values.keys()]));
  const layer = target.kind === "layer" ? target.layer : null;
  return [...names].map((name) => {
    // A layer may lack a setting: a layer without a bias has no bias initialiser. A helper's call without an option
    // uses the helper's default.
    const wildcard = layer === null ? undefined : steps.find((step) => step.values.has(name))?.values.get(name);
    const valueIn = (step: Step<L>): Value | undefined => step.values.get(name) ?? wildcard;
    const constant = new Set(steps.map((step) => valueKey(valueIn(step)))).size <= 1;
    const concreteIn = (step: Step<L> | null): Value | undefined => {
      const value = step === null ? undefined : valueIn(step);
      return step === null || value === undefined ? undefined : language.concrete(value, step.values);
    };
    const values = constant ? steps.slice(0, 1).map(valueIn) : all.map(concreteIn);
    return { slot: position, name, word: language.settingWord(layer, name), values, constant };
  });
}

/** Drafts the options of lines that every instance has. Settings that always agree, as in both convs of a residual block, share one. */
function draftsOfLines<L extends string>({ language, alignment, columns, sources }: Planning<L>): readonly Draft[] {
  const drafts = new Map<string, Draft>();
  for (const [position, slot] of alignment.slots.entries()) {
    if (slot.part !== null) continue;
    for (const column of columns[position] ?? []) {
      if (column.constant) continue;
      const { word, values } = column;
      const key = `${word} ${values.map(valueKey).join(" ")}`;
      const draft = drafts.get(key) ?? {
        slot: position,
        words: slotWords(slot.path, word).map(language.identifier),
        values,
        fallback: usualValue(column, language.usual),
      };
      drafts.set(key, draft);
      sources.set(column, { draft, field: null });
    }
  }
  return [...drafts.values()];
}

/** Drafts the option that includes a part and gives those of its settings that vary. */
function draftOfPart<L extends string>(
  planning: Planning<L>,
  part: Part,
  always: readonly Draft[],
): { readonly draft: Draft; readonly test: PartPlan["test"] } {
  const { language, alignment, columns, sources } = planning;
  const own: Column[] = [];
  for (const column of columns.slice(part.first, part.last + 1).flat()) {
    if (column.constant) continue;
    const shared = always.find((draft) => draft.words[0] === column.word && agrees(column, draft));
    if (shared === undefined) own.push(column);
    else sources.set(column, { draft: shared, field: null });
  }
  const present = alignment.slots[part.first]?.steps.map((step) => step !== null) ?? [];
  const [only] = own;
  if (only === undefined) return { draft: flagDraft(planning, part, present), test: "flag" };
  const paths = alignment.slots.slice(part.first, part.last + 1).map(({ path }) => path);
  const words = partWords(paths).map(language.identifier);
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

/** Returns true where a setting of a part equals the option of lines outside it, in every instance that has the part. */
function agrees(column: Column, draft: Draft): boolean {
  return column.values.every(
    (value, instance) => value === undefined || valueKey(value) === valueKey(draft.values[instance]),
  );
}

/** Drafts the flag of a part without settings that vary. The last add of a block is its residual. */
function flagDraft<L extends string>(
  { language, alignment }: Planning<L>,
  { first, last }: Part,
  present: readonly boolean[],
): Draft {
  const slots = alignment.slots.slice(first, last + 1);
  const [slot] = slots;
  const isResidual = slot?.target.kind === "layer" && slot.target.layer === language.sumLayer && slot.path === "add";
  const words = isResidual ? ["residual", "with_residual"] : partWords(slots.map(({ path }) => path));
  const fallback = isResidual ? false : commoner(present);
  return { slot: first, words: words.map(language.identifier), values: present, fallback };
}

function fieldsOf(own: readonly Column[], instance: number): Value {
  const fields = own.map((column) => [fieldName(own, column), column.values[instance]] as const);
  return { fields: new Map(fields.filter((entry): entry is [string, Value] => entry[1] !== undefined)) };
}

function fieldName(own: readonly Column[], column: Column): string {
  const namesakes = own.filter(({ word }) => word === column.word);
  return namesakes.length === 1 ? column.word : `${column.word}${namesakes.indexOf(column) + 1}`;
}

/**
 * Returns the default of an option that every instance gives: the usual value if some instance gives it. For a flag,
 * this is the more frequent value.
 */
function usualValue({ name, values }: Column, usual: ReadonlyMap<string, Value>): Value | null {
  if (values.includes(undefined)) return null;
  const known = usual.get(name);
  if (known !== undefined) return values.some((value) => valueKey(value) === valueKey(known)) ? known : null;
  return values.every((value) => typeof value === "boolean") ? commoner(values) : null;
}

function commoner(flags: readonly boolean[]): boolean {
  return flags.filter(Boolean).length * 2 > flags.length;
}
