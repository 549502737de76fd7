import { CompletionItemKind } from "vscode-languageserver-types";
import { defaultableAttributes, languageOps, signatureOf, type LanguageOp } from "../../language/op-signatures.ts";
import { opEntries } from "../../language/ops.ts";
import { blockNames, resolveBlock } from "../../program/resolve-block.ts";
import type { BlockEntry } from "../../program/program.ts";
import { symbolsWithSettings } from "../../language/symbols.ts";
import type { DocumentState } from "../document-state.ts";
import type { Definition } from "../../names/definition.ts";
import { argumentDoc, settingDoc } from "../../language/op-docs.ts";
import { functionDocs, numberFunctions } from "../../language/functions.ts";
import { words } from "../../language/vocabulary.ts";
import { keyDocs, symbolDoc } from "../../language/word-docs.ts";
import type { Found, Wanted } from "./find-cursor.ts";
import { key, keyword, ofDefinition, type Proposal } from "./proposal.ts";
import { labelProposals, pathProposals, presetProposals } from "./name-proposals.ts";
import { wordsOf } from "./words-of.ts";

/** Returns what fits at the cursor, the best first. */
export function proposals(state: DocumentState, found: Found, values: readonly Definition[]): readonly Proposal[] {
  const { wanted, item } = found;
  switch (wanted.kind) {
    case "item":
      return ["network", "block", "let", "import"].map(keyword);
    case "nothing":
      return [];
    case "statement":
      return statementProposals(state, wanted.inNetwork);
    case "argument":
      return [...argumentProposals(state, wanted), ...valueProposals(values)];
    case "key":
      return keyProposals(state, wanted.callee, wanted.taken);
    case "default-op":
      return opsWithDefaults.map(opProposal);
    case "default-key":
      return (signatureOf(wanted.op)?.attributes ?? [])
        .filter((name) => defaultableAttributes.includes(name) && !wanted.taken.includes(name))
        .map((name) => key(name, argumentDoc(wanted.op, name)?.doc));
    case "fixed":
      return wanted.words.map((word) => (wanted.suffix === "" ? keyword(word) : key(word)));
    case "column":
      return columnProposals(resolveBlock(state.program.entry, wanted.block), wanted.taken, (name, doc) => ({
        label: name,
        kind: CompletionItemKind.Property,
        ...(doc !== undefined && { doc }),
      }));
    case "function":
      return [
        ...functionProposals(),
        ...values.filter(({ kind }) => kind === "function").map(valueProposal),
        ...settingsProposals(),
      ];
    case "value":
      return valueProposals(values);
    case "setting":
      return [...settingKeys(wanted.callee, wanted.taken), ...valueProposals(values)];
    case "label":
      return labelProposals(state, item);
    case "path":
      return pathProposals(state, item, wanted.before);
    case "network":
    case "preset-argument":
      return presetProposals(state, wanted, valueProposals(values));
  }
}

const opsWithDefaults = languageOps.filter((op) =>
  signatureOf(op).attributes.some((name) => defaultableAttributes.includes(name)),
);

function opProposal(op: LanguageOp): Proposal {
  return { label: op, kind: CompletionItemKind.Function, detail: opEntries[op].usage, doc: opEntries[op].doc };
}

function statementProposals({ program }: DocumentState, inNetwork: boolean): readonly Proposal[] {
  const blocks = [...new Set(blockNames(program.entry))].flatMap((name): readonly Proposal[] => {
    const block = resolveBlock(program.entry, name);
    if (block === null) return [];
    const { parameters, doc } = block.declaration;
    const detail = `block ${name}(${parameters.map((parameter) => parameter.name.text).join(", ")})`;
    return [{ label: name, kind: CompletionItemKind.Function, detail, ...(doc !== null && { doc }) }];
  });
  const keywords = [
    "branch",
    "if",
    "else",
    "let",
    "default",
    ...(inNetwork ? ["param", "input", "output", "assert"] : []),
  ];
  return [...languageOps.map(opProposal), ...blocks, ...keywords.map(keyword)];
}

/** Returns the words that an argument takes, and the keys that may stand in its place. */
function argumentProposals(state: DocumentState, wanted: Extract<Wanted, { kind: "argument" }>): readonly Proposal[] {
  const words = wordsOf(state.program.entry, wanted.callee, wanted.key).map((word): Proposal => {
    const name = word.replace("(…)", "");
    const doc = symbolDoc(name);
    return {
      label: word,
      insert: word.replace("…)", ""),
      kind: CompletionItemKind.EnumMember,
      ...(doc !== null && { doc }),
    };
  });
  const keys = wanted.keys === null ? [] : keyProposals(state, wanted.callee, wanted.keys);
  return [...words, ...keys];
}

function keyProposals(state: DocumentState, callee: string, taken: readonly string[]): readonly Proposal[] {
  const block = resolveBlock(state.program.entry, callee);
  if (block !== null) return columnProposals(block, taken, key).filter(({ label }) => label !== "n");
  return (signatureOf(callee)?.attributes ?? [])
    .filter((name) => !taken.includes(name))
    .map((name) => key(name, argumentDoc(callee, name)?.doc));
}

function columnProposals(
  block: BlockEntry | null,
  taken: readonly string[],
  proposal: (name: string, doc?: string) => Proposal,
): readonly Proposal[] {
  const text = block?.file.source.text ?? "";
  const own = (block?.declaration.parameters ?? []).map(({ name, span }) => {
    return proposal(name.text, `\`${text.slice(span.start, span.end)}\``);
  });
  const common = [proposal("n", keyDocs.block.n), proposal("residual", keyDocs.block.residual)];
  return [...own, ...common].filter(({ label }) => !taken.includes(label));
}

function valueProposals(values: readonly Definition[]): readonly Proposal[] {
  return [...values.map(valueProposal), ...functionProposals()];
}

function valueProposal(definition: Definition): Proposal {
  return ofDefinition(definition, definition.kind);
}

function functionProposals(): readonly Proposal[] {
  return [...functionDocs].map(([name, { usage, doc }]) => ({
    label: name,
    insert: `${name}(`,
    kind: CompletionItemKind.Function,
    detail: usage,
    doc,
  }));
}

function settingsProposals(): readonly Proposal[] {
  return [...symbolsWithSettings].map((name) => ({
    label: name,
    insert: `${name}(`,
    kind: CompletionItemKind.EnumMember,
  }));
}

/** Returns the settings of a word, or the parameters of a function that may be left out. */
function settingKeys(callee: string, taken: readonly string[]): readonly Proposal[] {
  const builtin = numberFunctions.get(callee);
  const settings = Object.keys(words.get(callee)?.settings ?? {});
  const keys =
    builtin === undefined ? settings : builtin.parameters.slice(builtin.parameters.length - builtin.optional);
  return keys.filter((name) => !taken.includes(name)).map((name) => key(name, settingDoc(callee, name)?.doc));
}
