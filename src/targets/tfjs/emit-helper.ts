import { commentText } from "../escape.ts";
import type { HelperPlan, OptionPlan } from "../source-plan/module-plan.ts";
import { INPUT } from "../source-plan/ref.ts";
import { isFields, type Value } from "../source-plan/value.ts";
import { emitBody } from "./emit-body.ts";
import { nameInHelper, namesInitializerClass, type CallContext } from "./emit-call.ts";
import type { Language } from "./language.ts";
import type { LayerName } from "./layer-spec.ts";
import { valueCode, valueType } from "./value-code.ts";

/** Writes a helper's function. In TypeScript, the interface of its options precedes the function. */
export function emitHelper(
  helper: HelperPlan<LayerName>,
  names: ReadonlySet<string>,
  interfaceName: string,
  context: CallContext,
  language: Language,
): string {
  const { body, options } = helper;
  const reads = body.lines.flatMap(({ inputs }) => inputs).filter((ref) => ref === INPUT).length;
  const passes = body.parts.filter(
    ({ bypass, first }) => bypass === INPUT && !(body.lines[first]?.inputs.includes(INPUT) ?? false),
  );
  const once = reads + passes.length <= 1 && body.output !== INPUT;
  const input = once ? "x" : "input";
  const taken = new Set([...names, ...options.map(({ name }) => name)]);
  const { statements } = emitBody(body, {
    context: { ...context, nameCode: nameInHelper },
    input: { variable: input, reusable: once },
    taken,
    kept: [body.output],
    returns: true,
  });
  const typed = language === "ts";
  if (typed && options.some(({ values }) => values.some(namesInitializerClass)))
    context.used.support.add("Initializer");
  const tensor = typed ? ": tf.SymbolicTensor" : "";
  const parameters = [`${input}${tensor}`, `name${typed ? ": string" : ""}`];
  if (options.length > 0) parameters.push(optionsParameter(options, typed ? interfaceName : null));
  return [
    ...(typed && options.length > 0 ? [interfaceCode(interfaceName, options), ""] : []),
    `/** ${commentText(helper.doc)} */`,
    `function ${helper.name}(${parameters.join(", ")})${tensor} {`,
    ...statements,
    "}",
  ].join("\n");
}

function optionsParameter(options: readonly OptionPlan[], type: string | null): string {
  const names = options.map(({ name, fallback }) => (fallback === null ? name : `${name} = ${valueCode(fallback)}`));
  const optional = options.every(({ fallback, values }) => fallback !== null || values.includes(undefined));
  return `{ ${names.join(", ")} }${type === null ? "" : `: ${type}`}${optional ? " = {}" : ""}`;
}

function interfaceCode(name: string, options: readonly OptionPlan[]): string {
  const fields = options.map((option) => {
    const values = option.values.filter((value) => value !== undefined);
    const optional = option.fallback !== null || option.values.includes(undefined);
    return `${option.name}${optional ? "?" : ""}: ${optionType(values)};`;
  });
  return `interface ${name} {\n${fields.join("\n")}\n}`;
}

function optionType(values: readonly Value[]): string {
  const records = values.filter(isFields);
  if (records.length === 0) return valueType(values);
  const names = new Set(records.flatMap(({ fields }) => [...fields.keys()]));
  const fields = [...names].map((name) => {
    const given = records.map((record) => record.fields.get(name));
    return `${name}${given.includes(undefined) ? "?" : ""}: ${valueType(given.filter((value) => value !== undefined))}`;
  });
  return `{ ${fields.join("; ")} }`;
}
