import { error, type Diagnostic } from "../diagnostics/diagnostic.ts";
import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import { functionNames } from "../language/functions.ts";
import { isForeign, keyElsewhere, opElsewhere, wordElsewhere } from "../language/op-elsewhere.ts";
import { missingOp } from "../language/missing-ops.ts";
import { languageOps, signatureOf } from "../language/op-signatures.ts";
import { symbolNames, symbolsWithSettings } from "../language/symbols.ts";
import { blockNames } from "../program/resolve-block.ts";
import type { ProgramFile } from "../program/program.ts";
import type { Name, Reference } from "../syntax/ast.ts";
import { didYouMean } from "../text/did-you-mean.ts";

/** Reports a name in an expression that nothing declares. `declared`: the names that could be used there. */
export function unknownValue(name: Name, declared: readonly string[]): Diagnostic {
  const elsewhere = wordElsewhere(name.text);
  const near = elsewhere ?? didYouMean(name.text, isForeign(name.text) ? declared : [...declared, ...symbolNames]);
  return error("name/unknown-value", name.span, `There is no value "${name.text}" here.`, {
    hint:
      near !== null
        ? `Did you mean "${near}"?`
        : "Declare it above, in this body or as a parameter; a block does not see the network's values.",
    ...rewriteFix(name.span, near),
  });
}

/** Reports the call of a function that nothing declares. The span of `name` may be that of the whole call. */
export function unknownFunction(name: Name, declared: readonly string[]): Diagnostic {
  // A word without settings is no misspelling of one with settings.
  const called = symbolNames.has(name.text) ? [] : symbolsWithSettings;
  const known = isForeign(name.text) ? declared : [...functionNames, ...called, ...declared];
  const near = wordElsewhere(name.text) ?? didYouMean(name.text, known);
  return error("name/unknown-function", name.span, `There is no function "${name.text}" here.`, {
    hint:
      near !== null
        ? `Did you mean "${near}"?`
        : `Declare it above, "let ${name.text}(x) = …"; a block does not see the network's.`,
    ...rewriteFix({ ...name.span, end: name.span.start + name.text.length }, near),
  });
}

/** Reports a word that stands for nothing where an argument takes certain words. `taken`: those words. */
export function unknownWord(
  op: string,
  key: string,
  { name, span }: Reference,
  taken: readonly string[],
  declared: readonly string[],
): Diagnostic {
  const elsewhere = wordElsewhere(name);
  const foreign = isForeign(name);
  const near =
    elsewhere !== null && taken.includes(elsewhere)
      ? elsewhere
      : didYouMean(name, foreign ? declared : [...taken, ...declared]);
  // Where the op itself is named by its one argument ("act relu"), the argument's name says nothing to the reader.
  const owner = signatureOf(op)?.positional.includes(key) === true ? op : key;
  return error("name/unknown-value", span, `"${owner}" takes no "${name}".`, {
    hint:
      near === null
        ? `${foreign ? "There is no such function in mnet. " : ""}${taken.length === 1 ? "Write" : "Choose one of"} ${taken.join(", ")}.`
        : `Did you mean "${near}"?`,
    ...rewriteFix(span, near),
  });
}

/** Reports a key that its owner does not have. `keys`: those that it has. */
export function unknownKey(
  owner: string,
  keys: readonly string[],
  key: Name,
  what: "attribute" | "parameter",
): Diagnostic {
  const elsewhere = keyElsewhere(key.text);
  const near = elsewhere !== null && keys.includes(elsewhere) ? elsewhere : didYouMean(key.text, keys);
  return error("name/unknown-attribute", key.span, `${owner} has no ${what} "${key.text}".`, {
    hint:
      near !== null
        ? `Did you mean "${near}"?`
        : keys.length === 0
          ? "Leave it out; there are none."
          : `Use one of ${keys.join(", ")}.`,
    ...rewriteFix(key.span, near),
  });
}

/** Reports a statement whose name is neither an op nor a block that the file sees. */
export function unknownOp(file: ProgramFile, name: Name): Diagnostic {
  const elsewhere = opElsewhere(name.text);
  const missing = missingOp(name.text);
  const near = missing === null ? didYouMean(name.text, [...languageOps, ...blockNames(file)]) : null;
  return error("name/unknown-op", name.span, `There is no op or block "${name.text}".`, {
    hint:
      elsewhere !== null
        ? `Write it "${elsewhere}".`
        : missing !== null
          ? missing
          : near === null
            ? `Declare it: "block ${name.text}(…) { … }", or import the file that does.`
            : `Did you mean "${near}"?`,
    ...rewriteFix(name.span, elsewhere === null ? near : null),
  });
}

/** Reports defaults for what has none. `ops`: the ops that have defaults. */
export function unknownDefault(name: Name, ops: readonly string[]): Diagnostic {
  const near = didYouMean(name.text, ops);
  return error("name/unknown-op", name.span, `There are no defaults for "${name.text}".`, {
    hint: near === null ? `Use one of ${ops.join(", ")}.` : `Did you mean "${near}"?`,
    ...rewriteFix(name.span, near),
  });
}
