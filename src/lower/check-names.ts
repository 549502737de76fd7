import type {
  Attribute,
  BlockDeclaration,
  CallStatement,
  DefaultDeclaration,
  Expression,
  Name,
  NetworkDeclaration,
  Statement,
  TableStatement,
} from "../syntax/ast.ts";
import { didYouMean } from "../syntax/did-you-mean.ts";
import type { Span } from "../text/span.ts";
import { functionNames } from "./functions.ts";
import { defaultableAttributes, languageOps, signatureOf } from "./op-signatures.ts";
import { blockNames, resolveBlock, type BlockEntry, type ProgramFile } from "./program.ts";
import { reportError, type LoweringState } from "./state.ts";
import { symbolNames, symbolsWithSettings } from "./symbols.ts";

/** Names a body can use, growing as it is read. */
interface Names {
  readonly file: ProgramFile;
  readonly known: Set<string>;
}

/**
 * Checks names everywhere, also in arms not taken and blocks not used: ops, blocks, attributes, columns, values; and
 * refuses blocks that lead back to themselves. `"broken"` where a block in use holds a syntax error, which says enough.
 */
export function checkNames(state: LoweringState, entry: ProgramFile, network: NetworkDeclaration): "fine" | "broken" {
  const walk = createWalk(state);
  checkKeys(state, network.attributes, ["family", "labels"], `A network`);
  walk.body(network.body, { file: entry, known: fileNames(entry) });
  const broken = walk.sawBroken();
  for (const block of entry.own.values()) walk.block(block, null);
  return broken ? "broken" : "fine";
}

function fileNames(file: ProgramFile): Set<string> {
  return new Set(file.ast.items.flatMap((item) => (item.kind === "let" ? [item.name.text] : [])));
}

function createWalk(state: LoweringState) {
  const done = new Set<BlockDeclaration>();
  const open: BlockEntry[] = [];
  let broken = false;

  function visitBlock(entry: BlockEntry, use: Name | null): void {
    const { declaration, file } = entry;
    broken ||= declaration.broken;
    const at = open.findIndex((outer) => outer.declaration === declaration);
    if (at >= 0) {
      const circle = [...open.slice(at), entry].map((outer) => outer.declaration.name.text).join(" uses ");
      reportError(
        state,
        "block/recursion",
        use?.span ?? declaration.name.span,
        `A block cannot contain itself: ${circle}.`,
        {
          hint: "Write the repetition as rows of a table.",
        },
      );
      broken = true;
      return;
    }
    if (done.has(declaration)) return;
    open.push(entry);
    checkKeys(state, declaration.attributes, ["residual"], "A block");
    const names: Names = { file, known: fileNames(file) };
    for (const parameter of declaration.parameters) {
      if (parameter.value !== null) checkExpression(state, names, parameter.value);
      if (parameter.first && parameter.value === null) {
        reportError(
          state,
          "block/first-without-default",
          parameter.span,
          `The "first" parameter "${parameter.name.text}" has no default for the later repeats.`,
          {
            hint: `Write "first ${parameter.name.text} = 1".`,
          },
        );
      }
      checkParameterName(state, parameter.name);
      names.known.add(parameter.name.text);
    }
    visitBody(declaration.body, names);
    open.pop();
    done.add(declaration);
  }

  function visitBody(body: readonly Statement[], names: Names): void {
    for (const statement of body) visitStatement(statement, names);
  }

  function visitStatement(statement: Statement, names: Names): void {
    switch (statement.kind) {
      case "call-statement":
        visitCall(statement, names);
        return;
      case "table":
        visitTable(statement, names);
        return;
      case "branch":
        if (statement.expectedShape !== null) checkExpression(state, names, statement.expectedShape);
        for (const path of statement.paths) visitBody(path.body, names);
        return;
      case "if":
        checkExpression(state, names, statement.condition);
        visitBody(statement.then, names);
        visitBody(statement.otherwise ?? [], names);
        return;
      case "let": {
        const inner =
          statement.parameters === null
            ? names
            : {
                ...names,
                known: new Set([...names.known, ...statement.parameters.map((parameter) => parameter.text)]),
              };
        checkExpression(state, inner, statement.value);
        names.known.add(statement.name.text);
        return;
      }
      case "param":
        for (const expression of [
          statement.value,
          statement.range?.low,
          statement.range?.high,
          statement.range?.step,
        ]) {
          if (expression != null) checkExpression(state, names, expression);
        }
        names.known.add(statement.name.text);
        return;
      case "default":
        checkDefault(state, statement);
        checkAttributeValues(statement.attributes, names);
        return;
      case "input":
        checkKeys(state, statement.attributes, ["mean", "std"], "An input");
        checkExpression(state, names, statement.shape);
        checkAttributeValues(statement.attributes, names);
        return;
      case "assert":
        checkExpression(state, names, statement.bound);
        return;
      case "output":
        return;
    }
  }

  function checkAttributeValues(attributes: readonly Attribute[], names: Names): void {
    for (const { value } of attributes) checkExpression(state, names, value);
  }

  function visitCall(statement: CallStatement, names: Names): void {
    const { callee, attributes } = statement;
    for (const expression of statement.positional) checkExpression(state, names, expression);
    checkAttributeValues(attributes, names);
    if (statement.expectedShape !== null) checkExpression(state, names, statement.expectedShape);
    if (callee.text === "") return;
    const block = resolveBlock(names.file, callee.text);
    const signature = signatureOf(callee.text);
    if (block !== null) {
      checkKeys(state, attributes, blockKeys(block), `Block "${callee.text}"`);
      visitBlock(block, callee);
    } else if (signature !== null) {
      checkKeys(state, attributes, signature.attributes, `"${callee.text}"`, signature.positional, signature.usage);
    } else {
      reportUnknownOp(state, names.file, callee);
    }
  }

  function visitTable(table: TableStatement, names: Names): void {
    checkAttributeValues(table.attributes, names);
    for (const row of table.rows) {
      for (const cell of row.cells) if (cell.value !== null) checkExpression(state, names, cell.value);
    }
    if (table.block.text === "") return;
    const block = resolveBlock(names.file, table.block.text);
    if (block === null) {
      if (signatureOf(table.block.text) === null) reportUnknownOp(state, names.file, table.block);
      else {
        reportError(
          state,
          "table/not-a-block",
          table.block.span,
          `A table instantiates a block, and "${table.block.text}" is an op.`,
          {
            hint: "Wrap the op in a block, and give its parameters as columns.",
          },
        );
      }
      return;
    }
    const keys = [...blockKeys(block), "n"];
    checkKeys(state, table.attributes, keys, `Block "${table.block.text}"`);
    checkColumns(table, keys, names);
    visitBlock(block, table.block);
  }

  function checkColumns(table: TableStatement, keys: readonly string[], names: Names): void {
    const seen = new Map<string, Span>(table.attributes.map(({ key }) => [key.text, key.span]));
    for (const { column, through } of table.header) {
      if (column.text === "") continue;
      if (!keys.includes(column.text)) {
        reportUnknownKey(state, column, keys, `Block "${table.block.text}"`, "parameter");
      }
      const earlier = seen.get(column.text);
      if (earlier !== undefined) {
        reportError(state, "table/duplicate-column", column.span, `"${column.text}" is given twice.`, {
          hint: "Keep one of them.",
          related: [{ message: "the first one", span: earlier }],
        });
      }
      seen.set(column.text, column.span);
      if (
        through !== null &&
        through.text !== "" &&
        !functionNames.has(through.text) &&
        !names.known.has(through.text)
      ) {
        reportUnknownValue(state, through, [...functionNames, ...names.known], "function", "name/unknown-function");
      }
    }
  }

  return { body: visitBody, block: visitBlock, sawBroken: () => broken };
}

function blockKeys({ declaration }: BlockEntry): readonly string[] {
  return [...declaration.parameters.map((parameter) => parameter.name.text), "residual"];
}

function checkParameterName(state: LoweringState, name: Name): void {
  if (name.text === "n" || name.text === "residual") {
    reportError(
      state,
      "name/reserved",
      name.span,
      `"${name.text}" is a column of every table, so no parameter can have that name.`,
      {
        hint: "Choose another name.",
      },
    );
  }
}

function checkDefault(state: LoweringState, { op, attributes }: DefaultDeclaration): void {
  if (op.text === "") return;
  const signature = signatureOf(op.text);
  const ops = languageOps.filter((name) =>
    signatureOf(name)?.attributes.some((key) => defaultableAttributes.includes(key)),
  );
  if (signature === null || !ops.some((name) => name === op.text)) {
    const near = didYouMean(op.text, ops);
    reportError(state, "name/unknown-op", op.span, `There are no defaults for "${op.text}".`, {
      hint: near === null ? `Ops with defaults are ${ops.join(", ")}.` : `Did you mean "${near}"?`,
    });
    return;
  }
  const allowed = signature.attributes.filter((key) => defaultableAttributes.includes(key));
  checkKeys(state, attributes, allowed, `A default of "${op.text}"`);
}

/** Reports each key that is not allowed, on the key. */
function checkKeys(
  state: LoweringState,
  attributes: readonly Attribute[],
  allowed: readonly string[],
  owner: string,
  positional: readonly string[] = [],
  usage = "",
): void {
  for (const { key } of attributes) {
    if (key.text === "" || allowed.includes(key.text)) continue;
    if (positional.includes(key.text)) {
      reportError(state, "name/unknown-attribute", key.span, `${owner} takes "${key.text}" by position, not by name.`, {
        hint: `Write it like "${usage}".`,
      });
    } else {
      reportUnknownKey(state, key, allowed, owner, "attribute");
    }
  }
}

function reportUnknownKey(
  state: LoweringState,
  key: Name,
  allowed: readonly string[],
  owner: string,
  what: string,
): void {
  const near = didYouMean(key.text, allowed);
  reportError(state, "name/unknown-attribute", key.span, `${owner} has no ${what} "${key.text}".`, {
    hint:
      near !== null
        ? `Did you mean "${near}"?`
        : allowed.length === 0
          ? `It takes none.`
          : `It takes ${allowed.join(", ")}.`,
  });
}

function reportUnknownOp(state: LoweringState, file: ProgramFile, name: Name): void {
  const near = didYouMean(name.text, [...languageOps, ...blockNames(file)]);
  reportError(state, "name/unknown-op", name.span, `There is no op or block "${name.text}".`, {
    hint:
      near === null
        ? `Declare it: "block ${name.text}(…) { … }", or import the file that does.`
        : `Did you mean "${near}"?`,
  });
}

function reportUnknownValue(
  state: LoweringState,
  name: Name,
  known: readonly string[],
  what: string,
  code: string,
): void {
  const near = didYouMean(name.text, known);
  reportError(state, code, name.span, `There is no ${what} "${name.text}" here.`, {
    hint:
      near !== null
        ? `Did you mean "${near}"?`
        : "Declare it above, in this body or as a parameter; a block does not see the network's values.",
  });
}

function checkExpression(state: LoweringState, names: Names, expression: Expression): void {
  switch (expression.kind) {
    case "reference": {
      const { name, span } = expression;
      if (name === "" || names.known.has(name) || symbolNames.has(name) || functionNames.has(name)) return;
      reportUnknownValue(
        state,
        { kind: "name", text: name, span },
        [...names.known, ...symbolNames],
        "value",
        "name/unknown-value",
      );
      return;
    }
    case "call":
      for (const argument of expression.args) checkExpression(state, names, argument.value);
      if (expression.callee.text !== "" && !isCallable(names, expression.callee.text)) {
        const callee: Name = { ...expression.callee, span: expression.span };
        reportUnknownValue(state, callee, [...functionNames, ...names.known], "function", "name/unknown-function");
      }
      return;
    case "list":
      for (const element of expression.elements) checkExpression(state, names, element);
      return;
    case "unary":
      checkExpression(state, names, expression.operand);
      return;
    case "binary":
      checkExpression(state, names, expression.left);
      checkExpression(state, names, expression.right);
      return;
    default:
      return;
  }
}

function isCallable(names: Names, name: string): boolean {
  return names.known.has(name) || functionNames.has(name) || symbolsWithSettings.has(name) || symbolNames.has(name);
}
