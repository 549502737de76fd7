import { defaultableAttributes, languageOps, signatureOf, type LanguageOp } from "../language/op-signatures.ts";
import { resolveBlock } from "../program/resolve-block.ts";
import type { CallStatement, DefaultDeclaration, Name } from "../syntax/ast.ts";
import { tell, withoutReports, type Resolution } from "./declaration-names.ts";
import { defineBlock } from "./define.ts";
import { attributeMeaning, blockOwner, resolveAttributes } from "./resolve-attributes.ts";
import { resolveArgument, resolveExpression } from "./resolve-expression.ts";
import { unknownDefault, unknownOp } from "./unknown-names.ts";
import type { ValueScope } from "./value-scope.ts";

/** Resolves a statement that names an op or a block. */
export function resolveCall(resolution: Resolution, scope: ValueScope, statement: CallStatement): void {
  const { callee, positional, expectedShape } = statement;
  const keys = signatureOf(callee.text)?.positional ?? [];
  for (const [index, value] of positional.entries()) {
    resolveArgument(resolution, scope, callee.text, keys[index] ?? "", value);
  }
  if (expectedShape !== null) resolveExpression(resolution, scope, expectedShape);
  resolveCallee(resolution, scope, statement);
}

function resolveCallee(resolution: Resolution, scope: ValueScope, { callee, attributes }: CallStatement): void {
  const block = resolveBlock(resolution.file, callee.text);
  const signature = signatureOf(callee.text);
  if (block !== null) {
    tell(resolution, callee.span, { kind: "definition", definition: defineBlock(block) });
    resolveAttributes(resolution, scope, attributes, blockOwner(block, false));
    resolution.uses.push({ block, name: callee });
  } else if (signature !== null) {
    tellOp(resolution, callee);
    resolveAttributes(resolution, scope, attributes, {
      name: `"${callee.text}"`,
      keys: signature.attributes,
      op: callee.text,
      signature,
      meaningOf: (key) => attributeMeaning(callee.text, key),
    });
  } else {
    const isHole = callee.text === "";
    const inner = isHole ? withoutReports(resolution) : resolution;
    for (const { value } of attributes) resolveExpression(inner, scope, value);
    if (!isHole) resolution.problems?.push(unknownOp(resolution.file, callee));
  }
}

const opsWithDefaults = languageOps.filter((op) =>
  signatureOf(op).attributes.some((key) => defaultableAttributes.includes(key)),
);

/** Resolves the defaults of an op. */
export function resolveDefault(
  resolution: Resolution,
  scope: ValueScope,
  { op, attributes }: DefaultDeclaration,
): void {
  tellOp(resolution, op);
  const isKnown = opsWithDefaults.some((name) => name === op.text);
  if (!isKnown && op.text !== "") resolution.problems?.push(unknownDefault(op, opsWithDefaults));
  const keys = signatureOf(op.text)?.attributes.filter((key) => defaultableAttributes.includes(key)) ?? [];
  resolveAttributes(isKnown ? resolution : withoutReports(resolution), scope, attributes, {
    name: `A default of "${op.text}"`,
    keys,
    op: op.text,
    meaningOf: (key) => attributeMeaning(op.text, key),
  });
}

function tellOp(resolution: Resolution, { text, span }: Name): void {
  if (signatureOf(text) !== null) tell(resolution, span, { kind: "op", op: text as LanguageOp });
}
