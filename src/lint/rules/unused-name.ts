import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { LetDeclaration } from "../../syntax/ast.ts";
import { deleteStatement } from "../edits.ts";
import type { FileContext } from "../file-context.ts";
import { usedNames } from "../used-names.ts";
import type { Finding, FileRule } from "../rule.ts";

/** Reports names that nothing reads. */
export const unusedName: FileRule = {
  id: "unused-name",
  over: "file",
  category: "correctness",
  severity: "warning",
  summary: "A param, let, block parameter or block that nothing reads",
  why: "A param that nothing reads can be set to any value and changes nothing. A column for a parameter that the block does not read looks like a stride or a kernel and has no effect. Usually the name is misspelt where it should be read, or its reader is gone. The blocks of a file without networks are exempt, because other files use them.",
  source: "timm's decoder drops keys that no block reads; ESLint's no-unused-vars.",
  bad: `network N {\n  param width = 1.0\n  input image [32, 32, 3]\n  conv 3x3 16 act=relu\n}\n`,
  good: `network N {\n  param width = 1.0\n  input image [32, 32, 3]\n  conv 3x3 divisible(16 * width, 8) act=relu\n}\n`,
  near: `// No layer reads the param, but an assert does.
network N {
  param most = 1K
  input image [32, 32, 3]
  conv 3x3 16 act=relu
  assert params <= most
}
`,
  check(context) {
    const { items } = context.file.ast;
    const inFile = usedNames(context.file.ast.items);
    const hasNetworks = items.some(({ kind }) => kind === "network" || kind === "preset");
    return items.flatMap((item): readonly Finding[] => {
      switch (item.kind) {
        case "let":
          return inFile.values.has(item.name.text) ? [] : [unusedLet(context, item)];
        case "block": {
          const used = usedNames([item]);
          const parameters = item.parameters
            .filter(({ name }) => name.text !== "" && !used.values.has(name.text))
            .map(({ name }) =>
              finding(name.span, `Nothing in block "${item.name.text}" reads its parameter "${name.text}".`),
            );
          const block =
            hasNetworks && !inFile.blocks.has(item.name.text)
              ? [finding(item.name.span, `Nothing in this file uses the block "${item.name.text}".`)]
              : [];
          return item.broken ? [] : [...block, ...parameters, ...unusedLets(context, item.body, used.values)];
        }
        case "network": {
          const used = usedNames([item]).values;
          const params = item.body.flatMap((statement) =>
            statement.kind === "param" && statement.name.text !== "" && !used.has(statement.name.text)
              ? [
                  finding(
                    statement.name.span,
                    `Nothing in network "${item.name.text}" reads its param "${statement.name.text}".`,
                  ),
                ]
              : [],
          );
          return item.broken ? [] : [...params, ...unusedLets(context, item.body, used)];
        }
        case "import":
        case "preset":
          return [];
      }
    });
  },
};

function unusedLets(
  context: FileContext,
  body: readonly { readonly kind: string }[],
  used: ReadonlySet<string>,
): readonly Finding[] {
  return body.flatMap((statement) => {
    const declaration = statement as LetDeclaration;
    return statement.kind === "let" && declaration.name.text !== "" && !used.has(declaration.name.text)
      ? [unusedLet(context, declaration)]
      : [];
  });
}

function unusedLet({ file }: FileContext, declaration: LetDeclaration): Finding {
  const { name, doc } = declaration;
  const fix: Fix | null =
    doc !== null ? null : { message: "Delete it", edits: [deleteStatement(file, declaration)], safety: "safe" };
  return { ...finding(name.span, `Nothing reads "${name.text}".`), ...(fix === null ? {} : { fix }) };
}

function finding(span: Finding["span"], message: string): Finding {
  return { span, message, hint: "Use it, or delete it." };
}
