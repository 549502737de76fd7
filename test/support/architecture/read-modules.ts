import { readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import ts from "typescript";

/** A source file and the project's own files that it imports. */
export interface Module {
  /** The path from the root of the project. */
  readonly path: string;
  readonly source: ts.SourceFile;
  /** The paths that it imports. Imports of values and of types, static and dynamic ones, are included. */
  readonly imports: readonly string[];
}

/** Reads every TypeScript and JavaScript file in folders of the project. */
export function readModules(root: string, folders: readonly string[]): readonly Module[] {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|js)$/.test(name) && !name.endsWith(".d.ts"))
      .map((name) => posix.join(folder, name.replaceAll("\\", "/"))),
  );
  return parseModules(new Map(paths.sort().map((path) => [path, readFileSync(join(root, path), "utf8")])));
}

/** Parses files given as text by path. An import of a file that is not among them is left out. */
export function parseModules(texts: ReadonlyMap<string, string>): readonly Module[] {
  return [...texts].map(([path, text]) => {
    const source = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
    const named = specifiersOf(source).filter((specifier) => specifier.startsWith("."));
    const imports = new Set(named.map((specifier) => posix.join(posix.dirname(path), specifier)));
    return { path, source, imports: [...imports].filter((target) => texts.has(target)) };
  });
}

function specifiersOf(source: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== undefined && ts.isStringLiteral(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) return node.arguments[0];
  return undefined;
}
