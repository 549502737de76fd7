import { claimIdentifier } from "../escape.ts";
import type { Alignment, Slot, Step } from "./align-instances.ts";
import { camelCase } from "./camel-case.ts";
import { concreteDepthwise } from "./concrete-depthwise.ts";
import type { BodyPlan, LinePlan, OptionPlan, PartPlan, Setting, Target } from "./module-plan.ts";
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
  readonly values: readonly (Value | undefined)[];
  readonly constant: boolean;
}

/** An option before it has its name. */
interface Draft {
  /** The line it first matters to: options stand in the order of the lines. */
  readonly slot: number;
  /** Preferred name, and a longer one for where two options want the same. */
  readonly short: string;
  readonly long: string;
  readonly values: readonly (Value | undefined)[];
  readonly fallback: Value | null;
}

/** Decides what varies: a setting that all instances share is written out, what differs becomes an option. */
export function planOptions(alignment: Alignment, targetOf: (name: string) => Target, taken: ReadonlySet<string>): PlannedBody {
  const columns = alignment.slots.map((slot, position) => columnsOf(slot, position));
  const drafts: Draft[] = [];
  const merged = new Map<string, Draft>();
  const sources = new Map<Column, { readonly draft: Draft; readonly field: string | null }>();
  const partDrafts: { draft: Draft; test: PartPlan["test"] }[] = [];

  const add = (draft: Draft): Draft => {
    drafts.push(draft);
    return draft;
  };
  for (const [position, slot] of alignment.slots.entries()) {
    for (const column of columns[position] ?? []) {
      if (column.constant || slot.part !== null) continue;
      // Two lines that always agree (the filters of both convs of a residual block) share an option.
      const key = `${column.name} ${column.values.map(valueKey).join(" ")}`;
      const draft = merged.get(key) ?? add(valueDraft(slot, column));
      merged.set(key, draft);
      sources.set(column, { draft, field: null });
    }
  }
  for (const [part, { first, last }] of alignment.parts.entries()) {
    const varying = columns.slice(first, last + 1).flatMap((row) => row.filter(({ constant }) => !constant));
    const label = labelOf(alignment.slots[first]?.path ?? "");
    const [only] = varying;
    const single = varying.length === 1 && only !== undefined && isWhole(only, alignment.slots[only.slot]);
    if (varying.length === 0) {
      partDrafts[part] = { draft: add(flagDraft(alignment, first, label)), test: "flag" };
    } else if (single) {
      const values = only.values;
      const draft = add({ slot: first, short: label, long: camelCase(`${label}_${only.name}`), values, fallback: null });
      partDrafts[part] = { draft, test: "given" };
      sources.set(only, { draft, field: null });
    } else {
      const draft = add({ slot: first, short: label, long: `${label}Options`, values: fieldValues(alignment, first, varying), fallback: null });
      partDrafts[part] = { draft, test: "given" };
      for (const column of varying) sources.set(column, { draft, field: fieldName(varying, column) });
    }
  }

  const options = nameOptions(drafts, taken);
  const optionOf = (draft: Draft | undefined): OptionPlan => {
    const option = draft && options.get(draft);
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
  const lines = alignment.slots.map(
    (slot, position): LinePlan => ({
      path: slot.path,
      target: targetOf(slot.target),
      settings: new Map((columns[position] ?? []).flatMap(settingOf)),
      inputs: slot.inputs,
      part: slot.part,
      shape: null,
    }),
  );
  const parts = alignment.parts.map(
    ({ first, last, bypass }, part): PartPlan => ({
      ...{ first, last, bypass },
      option: optionOf(partDrafts[part]?.draft),
      test: partDrafts[part]?.test ?? "flag",
    }),
  );
  return { options: [...options.values()], body: { lines, parts, output: alignment.output } };
}

/** The settings of a line, in the order its steps give them, each with one entry per instance. */
function columnsOf(slot: Slot, position: number): readonly Column[] {
  const names = new Set(slot.steps.flatMap((step) => [...(step?.values.keys() ?? [])]));
  const steps = slot.steps.filter((step) => step !== null);
  return [...names].map((name) => {
    // A layer that lacks a setting has no use for it (the initialiser of a bias it has not); a helper's option left out says so.
    const wildcard = slot.target.startsWith("layer:") ? steps.find((step) => step.values.has(name))?.values.get(name) : undefined;
    const valueIn = (step: Step): Value | undefined => step.values.get(name) ?? wildcard;
    const constant = new Set(steps.map((step) => valueKey(valueIn(step)))).size <= 1;
    if (constant) return { slot: position, name, values: steps.slice(0, 1).map(valueIn), constant };
    const values = slot.steps.map((step) => {
      const value = step === null ? undefined : valueIn(step);
      return step !== null && value !== undefined && isDepthwiseInitializer(value) ? concreteDepthwise(value, step.values) : value;
    });
    return { slot: position, name, values, constant };
  });
}

function valueDraft(slot: Slot, column: Column): Draft {
  const { name, values } = column;
  const label = labelOf(slot.path);
  return { slot: column.slot, short: camelCase(name), long: camelCase(`${label}_${name}`), values, fallback: usualValue(name, values) };
}

/** One step is what nearly every layer has; of two answers, the commoner goes without saying. */
function usualValue(name: string, values: readonly (Value | undefined)[]): Value | null {
  if (values.includes(undefined)) return null;
  if (["strides", "dilationRate", "groups", "depthMultiplier"].includes(name)) return values.includes(1) ? 1 : null;
  return values.every((value) => typeof value === "boolean") ? commoner(values) : null;
}

function commoner(flags: readonly boolean[]): boolean {
  return flags.filter(Boolean).length * 2 > flags.length;
}

/** Whether the lines of a part are there. A block's last add is its residual. */
function flagDraft(alignment: Alignment, first: number, label: string): Draft {
  const slot = alignment.slots[first];
  const flags = slot?.steps.map((step) => step !== null) ?? [];
  const residual = slot?.target === "layer:add" && slot.path === "add";
  if (residual) return { slot: first, short: "residual", long: "withResidual", values: flags, fallback: false };
  return { slot: first, short: label, long: camelCase(`with_${label}`), values: flags, fallback: commoner(flags) };
}

/** True where a value stands wherever its line does: then it can say by itself whether the part is there. */
function isWhole(column: Column, slot: Slot | undefined): boolean {
  return slot?.steps.every((step, instance) => (step === null) === (column.values[instance] === undefined)) ?? false;
}

function fieldName(varying: readonly Column[], column: Column): string {
  const namesakes = varying.filter(({ name }) => name === column.name);
  return namesakes.length === 1 ? column.name : `${column.name}${namesakes.indexOf(column) + 1}`;
}

function fieldValues(alignment: Alignment, first: number, varying: readonly Column[]): readonly (Value | undefined)[] {
  return (alignment.slots[first]?.steps ?? []).map((step, instance) => {
    if (step === null) return undefined;
    const fields = varying.map((column) => [fieldName(varying, column), column.values[instance]] as const);
    return { fields: new Map(fields.filter((entry): entry is [string, Value] => entry[1] !== undefined)) };
  });
}

function nameOptions(drafts: readonly Draft[], taken: ReadonlySet<string>): ReadonlyMap<Draft, OptionPlan> {
  const wanted = new Map<string, number>();
  for (const { short } of drafts) wanted.set(short, (wanted.get(short) ?? 0) + 1);
  const names = new Set([...taken, "x", "input", "name", "inputs"]);
  const ordered = [...drafts].sort((a, b) => a.slot - b.slot);
  return new Map(
    ordered.map((draft) => {
      const free = wanted.get(draft.short) === 1 && !names.has(draft.short);
      const name = claimIdentifier(free ? draft.short : draft.long, "option", names);
      return [draft, { name, values: draft.values, fallback: draft.fallback }];
    }),
  );
}

function labelOf(path: string): string {
  return camelCase(path.split("/").at(-1) ?? "");
}
