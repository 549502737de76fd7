import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type {
  BlockDeclaration,
  CallStatement,
  DefaultDeclaration,
  Name,
  NetworkDeclaration,
  Statement,
  TableStatement,
} from "../syntax/ast.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import type { Span } from "../text/span.ts";
import { checkAttributes, checkKey, reportUnknownKey, type AttributeOwner } from "./check-attributes.ts";
import { checkArgument, checkExpression, reportUnknownValue, type Names } from "./check-expression.ts";
import { functionNames } from "../language/functions.ts";
import { opElsewhere } from "../language/op-elsewhere.ts";
import { defaultableAttributes, languageOps, signatureOf } from "../language/op-signatures.ts";
import { blockNames, resolveBlock, type BlockEntry, type ProgramFile } from "../program/program.ts";
import { reportError, type LoweringState } from "./state.ts";

/**
 * Checks names everywhere, also in arms not taken and blocks not used: ops, blocks, attributes, columns, values; and
 * refuses blocks that lead back to themselves. `"broken"` where a block in use holds a syntax error, which says enough.
 */
export function checkNames(state: LoweringState, entry: ProgramFile, network: NetworkDeclaration): "fine" | "broken" {
  const walk = createWalk(state);
  for (const { key } of network.attributes) checkKey(state, key, { name: "A network", keys: ["family", "labels"] });
  walk.body(network.body, { file: entry, known: fileNames(entry) });
  const broken = walk.sawBroken();
  for (const block of entry.own.values()) walk.block(block, null);
  return broken ? "broken" : "fine";
}

/** The same for the blocks of a file alone, which a network may yet use. */
export function checkBlocks(state: LoweringState, file: ProgramFile): void {
  const walk = createWalk(state);
  for (const block of file.own.values()) walk.block(block, null);
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
    const names: Names = { file, known: fileNames(file) };
    checkAttributes(state, names, declaration.attributes, { name: "A block", keys: ["residual"] });
    for (const parameter of declaration.parameters) {
      if (parameter.value !== null) checkExpression(state, names, parameter.value);
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
        checkDefault(state, names, statement);
        return;
      case "input":
        checkExpression(state, names, statement.shape);
        checkAttributes(state, names, statement.attributes, { name: "An input", keys: ["mean", "std"] });
        return;
      case "assert":
        checkExpression(state, names, statement.bound);
        return;
      case "output":
        return;
    }
  }

  function visitCall(statement: CallStatement, names: Names): void {
    const { callee, attributes } = statement;
    const keys = signatureOf(callee.text)?.positional ?? [];
    for (const [index, expression] of statement.positional.entries()) {
      checkArgument(state, names, callee.text, keys[index] ?? "", expression);
    }
    if (statement.expectedShape !== null) checkExpression(state, names, statement.expectedShape);
    if (callee.text === "") return;
    const block = resolveBlock(names.file, callee.text);
    const signature = signatureOf(callee.text);
    if (block !== null) {
      checkAttributes(state, names, attributes, { name: `Block "${callee.text}"`, keys: blockKeys(block) });
      visitBlock(block, callee);
    } else if (signature !== null) {
      const owner = { name: `"${callee.text}"`, keys: signature.attributes, op: callee.text, signature };
      checkAttributes(state, names, attributes, owner);
    } else {
      for (const { value } of attributes) checkExpression(state, names, value);
      reportUnknownOp(state, names.file, callee);
    }
  }

  function visitTable(table: TableStatement, names: Names): void {
    for (const row of table.rows) {
      for (const [index, cell] of row.cells.entries()) {
        const header = table.header[index];
        const key = header?.through === null ? header.column.text : "";
        if (cell.value !== null) checkArgument(state, names, table.block.text, key, cell.value);
      }
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
    const owner = { name: `Block "${table.block.text}"`, keys };
    checkAttributes(state, names, table.attributes, owner);
    checkColumns(table, owner, names);
    visitBlock(block, table.block);
  }

  function checkColumns(table: TableStatement, owner: AttributeOwner, names: Names): void {
    const seen = new Map<string, Span>(table.attributes.map(({ key }) => [key.text, key.span]));
    for (const { column, through } of table.header) {
      if (column.text === "") continue;
      if (!owner.keys.includes(column.text)) reportUnknownKey(state, column, owner, "parameter");
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

function checkDefault(state: LoweringState, names: Names, { op, attributes }: DefaultDeclaration): void {
  if (op.text === "") return;
  const signature = signatureOf(op.text);
  const ops = languageOps.filter((name) =>
    signatureOf(name)?.attributes.some((key) => defaultableAttributes.includes(key)),
  );
  if (signature === null || !ops.some((name) => name === op.text)) {
    const near = didYouMean(op.text, ops);
    reportError(state, "name/unknown-op", op.span, `There are no defaults for "${op.text}".`, {
      hint: near === null ? `Use one of ${ops.join(", ")}.` : `Did you mean "${near}"?`,
      ...rewriteFix(op.span, near),
    });
    return;
  }
  const keys = signature.attributes.filter((key) => defaultableAttributes.includes(key));
  checkAttributes(state, names, attributes, { name: `A default of "${op.text}"`, keys, op: op.text });
}

function reportUnknownOp(state: LoweringState, file: ProgramFile, name: Name): void {
  const elsewhere = opElsewhere(name.text);
  const near = didYouMean(name.text, [...languageOps, ...blockNames(file)]);
  reportError(state, "name/unknown-op", name.span, `There is no op or block "${name.text}".`, {
    hint:
      elsewhere !== null
        ? `Write it "${elsewhere}".`
        : near === null
          ? `Declare it: "block ${name.text}(…) { … }", or import the file that does.`
          : `Did you mean "${near}"?`,
    ...rewriteFix(name.span, elsewhere === null ? near : null),
  });
}
