import type { Expression } from "../syntax/ast.ts";
import { describe, isUnknown } from "../lower/values/value.ts";
import { opEntries } from "../language/ops.ts";
import { signatureOf } from "../language/op-signatures.ts";
import type { DocumentState } from "./document-state.ts";
import { describeNetwork } from "./describe-network.ts";
import type { Definition } from "../names/definition.ts";
import type { Meaning } from "../names/occurrence.ts";
import { argumentDoc, settingDoc, type ArgumentDoc } from "../language/op-docs.ts";
import { touches } from "./places.ts";
import type { Project } from "./project.ts";
import { functionDocs } from "../language/functions.ts";
import { keyDocs, metricDocs, symbolDoc } from "../language/word-docs.ts";

/** Returns Markdown that says what a word stands for; null if there is nothing to say. */
export function describeMeaning(
  state: DocumentState,
  project: Project,
  meaning: Meaning,
  offset: number,
): string | null {
  switch (meaning.kind) {
    case "definition":
      return describeDefinition(state, project, meaning.definition, offset);
    case "op": {
      const { doc, usage } = opEntries[meaning.op];
      const { positional, attributes } = signatureOf(meaning.op);
      const lines = [...positional, ...attributes].map((key) => argumentLine(key, argumentDoc(meaning.op, key)));
      return [code(usage), doc, ...lines].join("\n\n");
    }
    case "attribute":
      return argumentLine(meaning.key, argumentDoc(meaning.op, meaning.key));
    case "key": {
      const docs: Readonly<Record<string, string>> = keyDocs[meaning.owner];
      return docs[meaning.key] === undefined ? null : `\`${meaning.key}\`: ${docs[meaning.key] ?? ""}`;
    }
    case "setting":
      return settingLine(meaning.callee, meaning.key);
    case "builtin": {
      const found = functionDocs.get(meaning.name);
      return found === undefined ? null : `${code(found.usage)}\n\n${found.doc}`;
    }
    case "symbol": {
      const doc = symbolDoc(meaning.name);
      return doc === null ? null : `\`${meaning.name}\`: ${doc}`;
    }
    case "extent":
      return `\`in.${meaning.axis}\`: ${{ h: "rows", w: "columns", c: "channels" }[meaning.axis]} of the input of the enclosing block.`;
    case "metric":
      return metricDocs[meaning.metric as keyof typeof metricDocs];
    case "place":
    case "import":
      return null;
  }
}

function code(text: string): string {
  return `\`\`\`mnet\n${text}\n\`\`\``;
}

function argumentLine(key: string, found: ArgumentDoc | null): string {
  if (found === null) return `\`${key}\``;
  const fallback = found.fallback === null ? "" : ` Default \`${found.fallback}\`.`;
  return `\`${key}\`: ${found.doc}${fallback}`;
}

/** A setting of a word, `batch(eps=…)`, or an argument of a function that is named. */
function settingLine(callee: string, key: string): string | null {
  const setting = settingDoc(callee, key);
  if (setting !== null) return argumentLine(key, setting);
  const parameter = functionDocs.get(callee)?.parameterDocs?.[key];
  return parameter === undefined ? null : `\`${key}\`: ${parameter}`;
}

function describeDefinition(
  state: DocumentState,
  project: Project,
  definition: Definition,
  offset: number,
): string | null {
  const { span, doc } = definition;
  const text = project.state(span.file)?.source.text ?? state.program.sources.get(span.file)?.text ?? "";
  const parts: string[] = [];
  switch (definition.kind) {
    case "block":
    case "network": {
      const { node } = definition;
      const last = node.attributes.at(-1)?.span.end ?? node.name.span.end;
      const brace = text.indexOf("{", last);
      parts.push(code(text.slice(node.span.start, brace < 0 ? last : brace).trim()));
      break;
    }
    case "preset":
    case "param":
    case "let":
    case "function":
    case "input":
    case "output":
      parts.push(code(text.slice(definition.node.span.start, definition.node.span.end)));
      break;
    case "parameter":
      parts.push(code(text.slice(definition.node.span.start, definition.node.span.end)));
      parts.push(`${definition.node.first ? "First-repeat parameter" : "Parameter"} of block \`${definition.block}\`.`);
      break;
    case "argument":
      parts.push(`Argument of \`${definition.function}\`.`);
      break;
    case "label":
      parts.push(`\`${definition.name}\``);
      break;
  }
  if (doc !== null) parts.push(doc);
  if (definition.kind === "network" || definition.kind === "preset") {
    const figures = describeNetwork(state, definition.name);
    if (figures !== null) parts.push(figures);
  }
  if (definition.kind === "param" || definition.kind === "let") {
    const value = valueText(state, definition, offset);
    if (value !== null) parts.push(`Value: \`${value}\``);
  }
  return parts.join("\n\n");
}

/** Returns what a value comes to in the network that the cursor is in. Values in a block differ from use to use and have none. */
function valueText(state: DocumentState, { name, span }: Definition, offset: number): string | null {
  const network = state.ast.items.find((item) => item.kind === "network" && touches(item.span, offset));
  const atFileLevel = state.ast.items.some((item) => item.kind === "let" && item.name.span.start === span.start);
  const owner = network ?? (atFileLevel ? state.ast.items.find(({ kind }) => kind === "network") : undefined);
  if (owner?.kind !== "network") return null;
  const reference: Expression = { kind: "reference", name, span };
  const value = state.inspection.views.get(owner.name.text)?.valueOf(reference);
  return value === undefined || isUnknown(value) ? null : describe(value);
}
