import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { Attribute, Name } from "../syntax/ast.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { checkArgument, type Names } from "./check-expression.ts";
import { keyElsewhere } from "../language/op-elsewhere.ts";
import type { OpSignature } from "../language/op-signatures.ts";
import { reportError, type LoweringState } from "./state.ts";

/** What attributes stand behind. */
export interface AttributeOwner {
  /** `Block "unit"`, `An input`. */
  readonly name: string;
  readonly keys: readonly string[];
  /** The op's name, where words like `relu6` depend on it. */
  readonly op?: string;
  readonly signature?: OpSignature;
}

/** Keys, and the values of those that are right: one mistake is one finding. */
export function checkAttributes(
  state: LoweringState,
  names: Names,
  attributes: readonly Attribute[],
  owner: AttributeOwner,
): void {
  for (const { key, value } of attributes) {
    if (checkKey(state, key, owner)) checkArgument(state, names, owner.op ?? "", key.text, value);
  }
}

/** Reports a key that the owner does not have, on the key. */
export function checkKey(state: LoweringState, key: Name, owner: AttributeOwner): boolean {
  const { name, keys, signature } = owner;
  if (key.text === "" || keys.includes(key.text)) return true;
  if (signature?.positional.includes(key.text) === true) {
    reportError(state, "name/unknown-attribute", key.span, `${name} takes "${key.text}" by position, not by name.`, {
      hint: `Write it like "${signature.usage}".`,
    });
  } else {
    reportUnknownKey(state, key, owner, "attribute");
  }
  return false;
}

export function reportUnknownKey(
  state: LoweringState,
  key: Name,
  { name, keys }: Pick<AttributeOwner, "name" | "keys">,
  what: "attribute" | "parameter",
): void {
  const elsewhere = keyElsewhere(key.text);
  const near = elsewhere !== null && keys.includes(elsewhere) ? elsewhere : didYouMean(key.text, keys);
  reportError(state, "name/unknown-attribute", key.span, `${name} has no ${what} "${key.text}".`, {
    hint:
      near !== null
        ? `Did you mean "${near}"?`
        : keys.length === 0
          ? "Leave it out; there are none."
          : `Use one of ${keys.join(", ")}.`,
    ...rewriteFix(key.span, near),
  });
}
