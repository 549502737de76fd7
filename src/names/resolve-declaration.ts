import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { takenParameters } from "../language/taken-parameters.ts";
import type { ProgramFile } from "../program/program.ts";
import type { BlockDeclaration, FileItem, Name, NetworkDeclaration, PresetDeclaration } from "../syntax/ast.ts";
import {
  tell,
  tellDefinition,
  withoutReports,
  type BlockUse,
  type DeclarationNames,
  type Resolution,
} from "./declaration-names.ts";
import { defineBlock, defineNamed, defineParameter } from "./define.ts";
import type { Definition } from "./definition.ts";
import type { Occurrence } from "./occurrence.ts";
import { resolveAttributes, resolveKey } from "./resolve-attributes.ts";
import { resolveBody, resolveLet } from "./resolve-body.ts";
import { resolveExpression } from "./resolve-expression.ts";
import { fileValues, type ValueScope } from "./value-scope.ts";

interface FileNames {
  readonly values: ReadonlyMap<string, Definition>;
  readonly declarations: Map<FileItem, DeclarationNames>;
}

/** Every declaration is resolved once, however many networks use it and whoever asks. */
const resolved = new WeakMap<ProgramFile, FileNames>();

/** Returns what the words of a file stand for, parts of paths excepted, declaration by declaration. */
export function occurrencesIn(file: ProgramFile): readonly Occurrence[] {
  return file.ast.items.flatMap((item) => namesOf(file, item).occurrences);
}

/** Resolves the names of a declaration of a file: what they stand for, and what is wrong with them. */
export function namesOf(file: ProgramFile, item: FileItem): DeclarationNames {
  const names = resolved.get(file) ?? { values: fileValues(file), declarations: new Map<FileItem, DeclarationNames>() };
  resolved.set(file, names);
  const known = names.declarations.get(item);
  if (known !== undefined) return known;
  const found = {
    occurrences: new Array<Occurrence>(),
    uses: new Array<BlockUse>(),
    problems: new Array<Diagnostic>(),
  };
  resolveItem({ file, ...found }, { own: new Map(), file: names.values }, item);
  names.declarations.set(item, found);
  return found;
}

function resolveItem(resolution: Resolution, scope: ValueScope, item: FileItem): void {
  switch (item.kind) {
    case "import":
      if (item.path !== null) tell(resolution, item.pathSpan, { kind: "import", path: item.path });
      return;
    case "let":
      // What is wrong with a file's own value is found where lowering evaluates it.
      resolveLet(withoutReports(resolution), scope, item);
      return;
    case "network":
      resolveNetwork(resolution, scope, item);
      return;
    case "preset":
      resolvePreset(resolution, scope, item);
      return;
    case "block":
      resolveBlockDeclaration(resolution, scope, item);
      return;
  }
}

function resolveNetwork(resolution: Resolution, scope: ValueScope, network: NetworkDeclaration): void {
  tellDefinition(resolution, defineNamed(network));
  for (const { key } of network.attributes) {
    resolveKey(resolution, key, {
      name: "A network",
      keys: ["family", "labels"],
      meaningOf: (text) => ({ kind: "key", owner: "network", key: text }),
    });
  }
  resolveBody(resolution, scope, network.body);
}

/** Resolves a preset. Lowering reports what is wrong with it, where it knows the params of the network. */
function resolvePreset(resolution: Resolution, scope: ValueScope, preset: PresetDeclaration): void {
  tellDefinition(resolution, defineNamed(preset));
  const network = resolution.file.ast.items.findLast(
    (item): item is NetworkDeclaration => item.kind === "network" && item.name.text === preset.base.text,
  );
  if (network !== undefined) {
    tell(resolution, preset.base.span, { kind: "definition", definition: defineNamed(network) });
  }
  for (const { name, value } of preset.args) {
    const param = network?.body.find((statement) => statement.kind === "param" && statement.name.text === name?.text);
    if (name !== null && param?.kind === "param") {
      tell(resolution, name.span, { kind: "definition", definition: defineNamed(param) });
    }
    resolveExpression(withoutReports(resolution), scope, value);
  }
}

function resolveBlockDeclaration(resolution: Resolution, scope: ValueScope, block: BlockDeclaration): void {
  const entry = { declaration: block, file: resolution.file };
  tellDefinition(resolution, defineBlock(entry));
  resolveAttributes(resolution, scope, block.attributes, {
    name: "A block",
    keys: ["residual"],
    meaningOf: (key) => ({ kind: "key", owner: "block", key }),
  });
  for (const parameter of block.parameters) {
    if (parameter.value !== null) resolveExpression(resolution, scope, parameter.value);
    const definition = defineParameter(entry, parameter);
    tellDefinition(resolution, definition);
    checkParameterName(resolution, parameter.name);
    scope.own.set(definition.name, definition);
  }
  resolveBody(resolution, scope, block.body);
}

function checkParameterName({ problems }: Resolution, { text, span }: Name): void {
  if (!takenParameters.has(text)) return;
  problems?.push(
    error("name/reserved", span, `"${text}" is a column of every table, so no parameter can have that name.`, {
      hint: "Choose another name.",
    }),
  );
}
