import type {
  BlockDeclarationCstNode,
  BlockParameterCstNode,
  ImportDeclarationCstNode,
  ItemCstNode,
  NetworkDeclarationCstNode,
  PresetCstNode,
} from "../../generated/cst-types.ts";
import type {
  BlockDeclaration,
  BlockParameter,
  FileItem,
  ImportDeclaration,
  LetDeclaration,
  NetworkDeclaration,
  PresetDeclaration,
  Statement,
} from "./ast.ts";
import {
  buildName,
  docAt,
  first,
  nodeSpan,
  report,
  reportDuplicates,
  tokenSpan,
  type BuildContext,
} from "./build-context.ts";
import { buildArguments, buildAttributes, buildExpression, stringValue } from "./build-expressions.ts";
import { buildLet } from "./build-body-declarations.ts";
import { buildBody } from "./build-statements.ts";

/**
 * The data from which declarations are built. `isBroken` returns true if there is an error between the lines of
 * `start` and `end`.
 */
export interface DeclarationContext extends BuildContext {
  readonly isBroken: (start: number, end: number) => boolean;
}

export function buildItem(context: DeclarationContext, node: ItemCstNode): FileItem | null {
  const { importDeclaration, networkDeclaration, blockDeclaration, letDeclaration } = node.children;
  const imported = first(importDeclaration);
  if (imported) return buildImport(context, imported);
  const network = first(networkDeclaration);
  if (network) return buildNetwork(context, network);
  const block = first(blockDeclaration);
  if (block) return buildBlock(context, block);
  const binding = first(letDeclaration);
  if (binding) return holeIfBroken(context, (): LetDeclaration => buildLet(context, binding));
  return null;
}

/** A constant with a syntax error gets no value, so that everything that depends on it has none either. */
function holeIfBroken(context: DeclarationContext, build: () => LetDeclaration): LetDeclaration {
  const before = context.found.length;
  const declaration = build();
  const { span } = declaration;
  const broken = context.found.length > before || context.isBroken(span.start, span.end);
  return broken ? { ...declaration, value: { kind: "hole", span: declaration.value.span } } : declaration;
}

function buildImport(context: DeclarationContext, node: ImportDeclarationCstNode): ImportDeclaration {
  const span = nodeSpan(context, node, 0);
  const token = first(node.children.String);
  const broken = !token || context.isBroken(span.start, span.end);
  return {
    kind: "import",
    path: broken ? null : stringValue(token),
    pathSpan: token ? tokenSpan(context, token) : span,
    span,
  };
}

function buildNetwork(
  context: DeclarationContext,
  node: NetworkDeclarationCstNode,
): NetworkDeclaration | PresetDeclaration {
  const before = context.found.length;
  const span = nodeSpan(context, node, 0);
  const { name, attribute, statementBody } = node.children;
  const common = { doc: docAt(context, span.start), name: buildName(context, first(name), span.start), span };
  const preset = first(node.children.preset);
  if (preset || node.children.Equals) {
    const base = buildName(context, first(preset?.children.base), span.end);
    const args = preset ? buildPresetArguments(context, preset) : [];
    return { kind: "preset", ...common, base, args, broken: broken() };
  }
  const attributes = buildAttributes(context, attribute);
  const body = buildBody(context, first(statementBody), { home: "network", inPath: false, inArm: false, arms: 0 });
  return { kind: "network", ...common, attributes, body, broken: broken() };

  function broken(): boolean {
    return context.found.length > before || context.isBroken(span.start, span.end);
  }
}

function buildPresetArguments(context: BuildContext, preset: PresetCstNode): PresetDeclaration["args"] {
  const node = first(preset.children.callArguments);
  const args = node ? buildArguments(context, node) : [];
  const unnamed = args[0]?.name === null ? args[0] : undefined;
  if (unnamed && unnamed.value.kind !== "hole") {
    report(context, "syntax/preset-argument", unnamed.span, "A preset names the params it sets.", {
      hint: "Write param=value, such as width=1.4.",
    });
  }
  return args;
}

function buildBlock(context: DeclarationContext, node: BlockDeclarationCstNode): BlockDeclaration {
  const before = context.found.length;
  const span = nodeSpan(context, node, 0);
  const { name, blockParameters, attribute, statementBody } = node.children;
  const list = first(blockParameters);
  const listEnd = nodeSpan(context, list, span.start).end;
  const parameters = (list?.children.blockParameter ?? []).map((parameter) =>
    buildParameter(context, parameter, listEnd),
  );
  const names = parameters.map((parameter) => parameter.name);
  reportDuplicates(context, names, "syntax/duplicate-parameter", "parameter");
  const attributes = buildAttributes(context, attribute);
  const body = buildBody(context, first(statementBody), { home: "block", inPath: false, inArm: false, arms: 0 });
  checkInputsFirst(context, body);
  return {
    kind: "block",
    doc: docAt(context, span.start),
    name: buildName(context, first(name), span.start),
    parameters,
    attributes,
    body,
    broken: context.found.length > before || context.isBroken(span.start, span.end),
    span,
  };
}

/** Reports inputs of a block that are declared below one of its layers. */
function checkInputsFirst(context: BuildContext, body: readonly Statement[]): void {
  const layer = body.findIndex(({ kind }) => kind === "call-statement" || kind === "table" || kind === "branch");
  if (layer < 0) return;
  for (const statement of body.slice(layer)) {
    if (statement.kind !== "input") continue;
    report(context, "syntax/misplaced", statement.span, "The inputs of a block stand above its layers.", {
      hint: "Move it to the top of the block.",
    });
  }
}

function buildParameter(context: BuildContext, node: BlockParameterCstNode, fallback: number): BlockParameter {
  const span = nodeSpan(context, node, fallback);
  const { First, name, Equals, expression } = node.children;
  const marker = first(First);
  const parameterName = buildName(context, first(name), span.end);
  if (marker && !Equals && parameterName.text !== "") {
    const message = `The parameter "${parameterName.text}" applies to the first repeat only, but has no default for the others.`;
    report(context, "syntax/first-without-default", parameterName.span, message, {
      hint: `Write "first ${parameterName.text} = …".`,
    });
  }
  return {
    kind: "block-parameter",
    first: marker !== undefined,
    name: parameterName,
    value: Equals ? buildExpression(context, first(expression), span.end) : null,
    span,
  };
}
