import { dirname, resolve } from "node:path";
import ts from "typescript";

/**
 * Returns the types that a user of `entry` needs but cannot import: types that the declarations of its exports
 * mention, directly or through other types, and that it does not export. Types of packages and of the language do not
 * count.
 *
 * @param entry the path of the module that is published.
 * @param read gives a file's text by absolute path, undefined where there is none.
 * @returns each name once, in order, with the export or type that mentions it.
 * @throws Error when an exported function has no written return type, since its signature cannot then be read.
 */
export function forgottenExports(
  entry: string,
  read: (path: string) => string | undefined,
): ReadonlyMap<string, string> {
  const program = openProgram(resolve(entry), read);
  const checker = program.getTypeChecker();
  const named = nameableSymbols(program, checker, resolve(entry));
  const forgotten = new Map<string, string>();
  const queue = [...named];
  const seen = new Set(queue);
  for (let symbol = queue.pop(); symbol !== undefined; symbol = queue.pop()) {
    for (const mentioned of typesMentionedBy(symbol, checker)) {
      if (seen.has(mentioned)) continue;
      seen.add(mentioned);
      queue.push(mentioned);
      if (!named.has(mentioned)) forgotten.set(mentioned.name, symbol.name);
    }
  }
  return new Map([...forgotten].sort(([a], [b]) => a.localeCompare(b, "en")));
}

/**
 * Loads only the project's own files. The types of packages are not necessary to find the types that a declaration
 * mentions.
 */
function openProgram(entry: string, read: (path: string) => string | undefined): ts.Program {
  const options: ts.CompilerOptions = { noLib: true, types: [], allowImportingTsExtensions: true, noEmit: true };
  const host: ts.CompilerHost = {
    ...ts.createCompilerHost(options),
    fileExists: (path) => read(path) !== undefined,
    readFile: read,
    getSourceFile(path, version) {
      const text = read(path);
      return text === undefined ? undefined : ts.createSourceFile(path, text, version);
    },
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => {
        const path = resolve(dirname(from), text);
        const found = text.startsWith(".") && path.endsWith(".ts") && read(path) !== undefined;
        return { resolvedModule: found ? { resolvedFileName: path, extension: ts.Extension.Ts } : undefined };
      }),
  };
  return ts.createProgram([entry], options, host);
}

/** Returns the names that a user can import: each export, and the exports of each exported namespace. */
function nameableSymbols(program: ts.Program, checker: ts.TypeChecker, entry: string): Set<ts.Symbol> {
  const file = program.getSourceFile(entry);
  const module = file === undefined ? undefined : checker.getSymbolAtLocation(file);
  if (module === undefined) throw new Error(`${entry} is not a module`);
  const named = new Set<ts.Symbol>();
  for (const exported of checker.getExportsOfModule(module)) {
    const symbol = original(exported, checker);
    if ((symbol.flags & ts.SymbolFlags.Module) === 0) named.add(symbol);
    else for (const inner of checker.getExportsOfModule(symbol)) named.add(original(inner, checker));
  }
  return named;
}

function original(symbol: ts.Symbol, checker: ts.TypeChecker): ts.Symbol {
  return (symbol.flags & ts.SymbolFlags.Alias) === 0 ? symbol : checker.getAliasedSymbol(symbol);
}

function typesMentionedBy(symbol: ts.Symbol, checker: ts.TypeChecker): readonly ts.Symbol[] {
  const found: ts.Symbol[] = [];
  const visit = (node: ts.Node): void => {
    const name = ts.isTypeReferenceNode(node)
      ? node.typeName
      : ts.isExpressionWithTypeArguments(node)
        ? node.expression
        : null;
    const mentioned = name === null ? undefined : checker.getSymbolAtLocation(name);
    if (mentioned !== undefined) found.push(original(mentioned, checker));
    ts.forEachChild(node, visit);
  };
  for (const declaration of symbol.declarations ?? []) signatureParts(declaration, symbol.name).forEach(visit);
  // A name without a declaration belongs to the language or to a package. A type parameter belongs to the declaration
  // itself.
  const isOwnType = ({ flags, declarations }: ts.Symbol) =>
    declarations !== undefined && (flags & ts.SymbolFlags.Type) !== 0 && (flags & ts.SymbolFlags.TypeParameter) === 0;
  return found.filter(isOwnType);
}

/** Returns the parts of a declaration that its users see. */
function signatureParts(declaration: ts.Declaration, name: string): readonly ts.Node[] {
  if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) return [declaration];
  if (ts.isClassDeclaration(declaration)) {
    const members = declaration.members.filter((member) => !isPrivate(member));
    return [...(declaration.heritageClauses ?? []), ...members.flatMap((member) => memberParts(member))];
  }
  if (ts.isFunctionDeclaration(declaration)) {
    if (declaration.type === undefined) throw new Error(`the function "${name}" does not write its return type`);
    return memberParts(declaration);
  }
  return ts.isVariableDeclaration(declaration) ? memberParts(declaration) : [];
}

function memberParts(node: ts.ClassElement | ts.FunctionDeclaration | ts.VariableDeclaration): readonly ts.Node[] {
  const parameters = ts.isFunctionLike(node)
    ? node.parameters.flatMap(({ type }) => (type === undefined ? [] : [type]))
    : [];
  const type = "type" in node ? node.type : undefined;
  return type === undefined ? parameters : [...parameters, type];
}

function isPrivate(member: ts.ClassElement): boolean {
  return (
    ts.canHaveModifiers(member) &&
    (ts.getModifiers(member) ?? []).some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword)
  );
}
