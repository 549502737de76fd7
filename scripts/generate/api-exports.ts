import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** A value or type that the library exports, with the documentation of its declaration. */
export interface ApiExport {
  readonly name: string;
  readonly kind: "function" | "constant" | "class" | "type" | "namespace";
  /** The declaration as TypeScript without function bodies. For a namespace, the names in it. */
  readonly code: string;
  /** The text of its comment before the first tag. */
  readonly doc: string;
  /** `@param`, by name, in order. */
  readonly params: readonly (readonly [name: string, text: string])[];
  readonly returns: string | null;
  readonly throws: readonly string[];
  /** The parameters of a function, in the order of its declaration. */
  readonly declared: readonly string[];
  /** True if it is a function that returns a value. */
  readonly gives: boolean;
}

export interface ApiSection {
  readonly title: string;
  readonly exports: readonly ApiExport[];
}

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/**
 * Reads the library's exports and their comments with the TypeScript checker. They are grouped under the headings in
 * the entry file, which are comments of the form `// # Heading`.
 */
export function readApi(): readonly ApiSection[] {
  const entry = join(root, "src/index.ts");
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram([entry], { ...options, noEmit: true });
  const checker = program.getTypeChecker();
  const file = program.getSourceFile(entry)!;
  const sections: { title: string; exports: ApiExport[] }[] = [];
  for (const statement of file.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined) continue;
    const title = headingBefore(file, statement);
    if (title !== null || sections.length === 0) sections.push({ title: title ?? "Exports", exports: [] });
    const clause = statement.exportClause;
    for (const { name } of ts.isNamespaceExport(clause) ? [clause] : clause.elements) {
      const symbol = aliased(checker, checker.getSymbolAtLocation(name)!);
      const described = describe(checker, name.text, symbol);
      const comment = ts
        .getJSDocCommentsAndTags(statement)
        .flatMap((each) => (ts.isJSDoc(each) ? [each.comment] : []))[0];
      // A module has no comment of its own. The comment of a namespace is at its export.
      sections
        .at(-1)!
        .exports.push(
          described.kind === "namespace" ? { ...described, doc: ts.getTextOfJSDocComment(comment) ?? "" } : described,
        );
    }
  }
  return sections;
}

function aliased(checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function headingBefore(file: ts.SourceFile, node: ts.Node): string | null {
  const comments = ts.getLeadingCommentRanges(file.text, node.pos) ?? [];
  const titles = comments.flatMap(({ pos, end }) => /^\/\/ # (.+)$/.exec(file.text.slice(pos, end))?.slice(1) ?? []);
  return titles.at(-1) ?? null;
}

function describe(checker: ts.TypeChecker, name: string, symbol: ts.Symbol): ApiExport {
  const declaration = symbol.declarations?.[0];
  if (declaration === undefined) throw new Error(`internal: "${name}" has no declaration`);
  const tags = symbol.getJsDocTags(checker);
  const textOf = (parts: readonly ts.SymbolDisplayPart[] | undefined) =>
    oneLine(ts.displayPartsToString([...(parts ?? [])]));
  const named = (tag: string) => tags.filter((each) => each.name === tag).map(({ text }) => textOf(text));
  const isFunction = ts.isFunctionDeclaration(declaration);
  return {
    name,
    kind: kindOf(declaration),
    code: codeOf(checker, declaration, symbol),
    doc: textOf(symbol.getDocumentationComment(checker)),
    params: named("param").map((text): readonly [string, string] => {
      const [parameter = "", ...words] = text.split(" ");
      return [parameter, words.join(" ")];
    }),
    returns: named("returns")[0] ?? null,
    throws: named("throws"),
    declared: isFunction ? declaration.parameters.map((parameter) => parameter.name.getText()) : [],
    gives: isFunction && declaration.type?.kind !== ts.SyntaxKind.VoidKeyword,
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

function kindOf(declaration: ts.Declaration): ApiExport["kind"] {
  if (ts.isFunctionDeclaration(declaration)) return "function";
  if (ts.isClassDeclaration(declaration)) return "class";
  if (ts.isSourceFile(declaration)) return "namespace";
  return ts.isVariableDeclaration(declaration) ? "constant" : "type";
}

function codeOf(checker: ts.TypeChecker, declaration: ts.Declaration, symbol: ts.Symbol): string {
  const file = declaration.getSourceFile();
  const text = (from: number, to: number) =>
    file.text
      .slice(from, to)
      .replace(/^export (?:async )?/, "")
      .trim();
  if (ts.isFunctionDeclaration(declaration)) return `${text(declaration.getStart(), declaration.body!.pos)};`;
  if (ts.isVariableDeclaration(declaration)) {
    const type =
      declaration.type?.getText() ??
      checker.typeToString(checker.getBaseTypeOfLiteralType(checker.getTypeAtLocation(declaration)));
    return `const ${symbol.name}: ${type};`;
  }
  if (ts.isSourceFile(declaration)) {
    return checker
      .getExportsOfModule(symbol)
      .map(({ name }) => name)
      .join(", ");
  }
  if (ts.isClassDeclaration(declaration)) {
    const heritage = declaration.heritageClauses?.map((clause) => ` ${clause.getText()}`).join("") ?? "";
    const members = declaration.members.filter(ts.isPropertyDeclaration).map((member) => `  ${member.getText()}\n`);
    return `class ${symbol.name}${heritage} {\n${members.join("")}}`;
  }
  const whole = text(declaration.getStart(), declaration.end);
  if (!whole.includes("z.infer<")) return whole;
  const flags: ts.TypeFormatFlags =
    ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias | ts.TypeFormatFlags.MultilineObjectLiterals;
  return `type ${symbol.name} = ${checker.typeToString(checker.getTypeAtLocation(declaration), undefined, flags)};`;
}
