import { error } from "../diagnostics/diagnostic.ts";
import { signatureOf, type LanguageOp, type OpSignature } from "../language/op-signatures.ts";
import type { BlockEntry } from "../program/program.ts";
import type { Attribute, Name } from "../syntax/ast.ts";
import { tell, withoutReports, type Resolution } from "./declaration-names.ts";
import { defineParameter } from "./define.ts";
import type { Meaning } from "./occurrence.ts";
import { resolveArgument } from "./resolve-expression.ts";
import { unknownKey } from "./unknown-names.ts";
import type { ValueScope } from "./value-scope.ts";

/** What takes attributes: an op, a block, an input, a network. */
export interface AttributeOwner {
  /** How a message names it: `Block "unit"`, `An input`. */
  readonly name: string;
  readonly keys: readonly string[];
  /** The name of an op, whose arguments take words like `relu6`. */
  readonly op?: string;
  readonly signature?: OpSignature;
  readonly meaningOf: (key: string) => Meaning | null;
}

/** Resolves keys and values, and reports the values only of those keys that the owner has: one mistake is one finding. */
export function resolveAttributes(
  resolution: Resolution,
  scope: ValueScope,
  attributes: readonly Attribute[],
  owner: AttributeOwner,
): void {
  for (const { key, value } of attributes) {
    const isKnown = resolveKey(resolution, key, owner);
    resolveArgument(isKnown ? resolution : withoutReports(resolution), scope, owner.op ?? "", key.text, value);
  }
}

/** Tells what a key stands for, and reports one that the owner does not have. False where it does not have it. */
export function resolveKey(resolution: Resolution, key: Name, owner: AttributeOwner): boolean {
  const { name, keys, signature } = owner;
  const meaning = owner.meaningOf(key.text);
  if (meaning !== null) tell(resolution, key.span, meaning);
  if (key.text === "" || keys.includes(key.text)) return true;
  resolution.problems?.push(
    signature?.positional.includes(key.text) === true
      ? error("name/unknown-attribute", key.span, `${name} takes "${key.text}" by position, not by name.`, {
          hint: `Write it like "${signature.usage}".`,
        })
      : unknownKey(name, keys, key, "attribute"),
  );
  return false;
}

/** Returns what a block takes as keys and columns: its parameters and `residual`, and `n` where a table uses it. */
export function blockOwner(block: BlockEntry, isTable: boolean): AttributeOwner {
  const { name, parameters } = block.declaration;
  const keys = [...parameters.map((parameter) => parameter.name.text), "residual", ...(isTable ? ["n"] : [])];
  return { name: `Block "${name.text}"`, keys, meaningOf: (key) => columnMeaning(block, key) };
}

/** A parameter of the block, or what every block's table has. */
function columnMeaning(block: BlockEntry, key: string): Meaning | null {
  const parameter = block.declaration.parameters.find(({ name }) => name.text === key);
  if (parameter !== undefined) return { kind: "definition", definition: defineParameter(block, parameter) };
  return key === "n" || key === "residual" ? { kind: "key", owner: "block", key } : null;
}

/** Returns what a key of an op stands for; null where the op takes no such attribute. */
export function attributeMeaning(op: string, key: string): Meaning | null {
  return signatureOf(op)?.attributes.includes(key) === true ? { kind: "attribute", op: op as LanguageOp, key } : null;
}
