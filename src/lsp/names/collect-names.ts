import { resolveBlock, type BlockEntry, type ProgramFile } from "../../program/program.ts";
import { signatureOf, type LanguageOp } from "../../language/op-signatures.ts";
import type {
  Attribute,
  BlockDeclaration,
  CallStatement,
  LetDeclaration,
  Name,
  NetworkDeclaration,
  PresetDeclaration,
  Statement,
  TableStatement,
} from "../../syntax/ast.ts";
import type { Definition } from "./definition.ts";
import { defineArgument, defineBlock, defineLabel, defineLet, defineNamed, defineParameter } from "./define.ts";
import type { Meaning, Occurrence } from "./occurrence.ts";
import { tellExpression, tellName, type Tell, type ValueScope } from "./value-scope.ts";

/**
 * What the words of a file stand for, in no order: everything that the tree alone decides, which is all but paths. Names are
 * resolved as `check-names` checks them, and a test holds the two together.
 */
export function collectNames(file: ProgramFile): readonly Occurrence[] {
  const occurrences: Occurrence[] = [];
  const tell: Tell = (span, meaning, role = "use") => {
    if (span.end > span.start) occurrences.push({ span, role, meaning });
  };
  const define = (definition: Definition): void =>
    tell(definition.span, { kind: "definition", definition }, "definition");

  const { items } = file.ast;
  const fileValues = new Map<string, Definition>();
  for (const item of items) if (item.kind === "let") fileValues.set(item.name.text, defineLet(item));
  const networks = new Map<string, NetworkDeclaration>();
  for (const item of items) if (item.kind === "network") networks.set(item.name.text, item);
  for (const item of items) {
    switch (item.kind) {
      case "import":
        if (item.path !== null) tell(item.pathSpan, { kind: "import", path: item.path });
        break;
      case "let":
        visitLet(item, { own: new Map(), file: fileValues });
        break;
      case "network":
        define(defineNamed(item));
        tellNetworkKeys(item);
        visitBody(item.body, { own: new Map(), file: fileValues });
        break;
      case "preset":
        define(defineNamed(item));
        visitPreset(item);
        break;
      case "block":
        visitBlock({ declaration: item, file });
        break;
    }
  }
  return occurrences;

  function tellNetworkKeys({ attributes }: NetworkDeclaration): void {
    for (const { key } of attributes) tell(key.span, { kind: "key", owner: "network", key: key.text });
  }

  function visitPreset({ base, args }: PresetDeclaration): void {
    const network = networks.get(base.text);
    if (network !== undefined) tell(base.span, { kind: "definition", definition: defineNamed(network) });
    for (const { name, value } of args) {
      const param = network?.body.find((item) => item.kind === "param" && item.name.text === name?.text);
      if (name !== null && param?.kind === "param") {
        tell(name.span, { kind: "definition", definition: defineNamed(param) });
      }
      tellExpression(tell, { own: new Map(), file: fileValues }, value);
    }
  }

  function visitBlock(entry: BlockEntry): void {
    const { declaration } = entry;
    define(defineBlock(entry));
    const scope: ValueScope = { own: new Map(), file: fileValues };
    tellBlockAttributes(declaration, scope);
    for (const parameter of declaration.parameters) {
      if (parameter.value !== null) tellExpression(tell, scope, parameter.value);
      const definition = defineParameter(entry, parameter);
      define(definition);
      scope.own.set(definition.name, definition);
    }
    visitBody(declaration.body, scope);
  }

  function tellBlockAttributes({ attributes }: BlockDeclaration, scope: ValueScope): void {
    for (const { key, value } of attributes) {
      tell(key.span, { kind: "key", owner: "block", key: key.text });
      tellExpression(tell, scope, value);
    }
  }

  function visitLet(declaration: LetDeclaration, scope: ValueScope): void {
    const { parameters, value } = declaration;
    const definition = defineLet(declaration);
    define(definition);
    const inner = parameters === null ? scope : { ...scope, own: new Map(scope.own) };
    for (const parameter of parameters ?? []) {
      const argument = defineArgument(parameter, declaration);
      define(argument);
      inner.own.set(argument.name, argument);
    }
    tellExpression(tell, inner, value);
    scope.own.set(definition.name, definition);
  }

  function visitBody(body: readonly Statement[], scope: ValueScope): void {
    for (const statement of body) visitStatement(statement, scope);
  }

  function visitStatement(statement: Statement, scope: ValueScope): void {
    switch (statement.kind) {
      case "call-statement":
        visitCall(statement, scope);
        return;
      case "table":
        visitTable(statement, scope);
        return;
      case "branch":
        defineLabelled(statement.label, statement.doc);
        if (statement.expectedShape !== null) tellExpression(tell, scope, statement.expectedShape);
        for (const path of statement.paths) {
          defineLabelled(path.label, path.doc);
          visitBody(path.body, scope);
        }
        return;
      case "if":
        tellExpression(tell, scope, statement.condition);
        visitBody(statement.then, scope);
        visitBody(statement.otherwise ?? [], scope);
        return;
      case "let":
        visitLet(statement, scope);
        return;
      case "param": {
        const { value, range } = statement;
        for (const part of [value, range?.low, range?.high, range?.step]) {
          if (part != null) tellExpression(tell, scope, part);
        }
        const definition = defineNamed(statement);
        define(definition);
        scope.own.set(definition.name, definition);
        return;
      }
      case "default":
        tellOp(statement.op);
        tellAttributes(statement.attributes, scope, (key) => attributeOf(statement.op.text, key));
        return;
      case "input":
        define(defineNamed(statement));
        tellExpression(tell, scope, statement.shape);
        tellAttributes(statement.attributes, scope, (key) => ({ kind: "key", owner: "input", key }));
        return;
      case "output":
        define(defineNamed(statement));
        return;
      case "assert":
        if (statement.subject.kind === "metric") {
          const { metric, span } = statement.subject;
          tell(span, { kind: "metric", metric });
        }
        tellExpression(tell, scope, statement.bound);
        return;
    }
  }

  function defineLabelled(label: Name | null, doc: string | null): void {
    if (label !== null) define(defineLabel(label, doc));
  }

  function visitCall(statement: CallStatement, scope: ValueScope): void {
    const { callee, label, doc, positional, attributes, expectedShape } = statement;
    defineLabelled(label, doc);
    const block = resolveBlock(file, callee.text);
    if (block === null) tellOp(callee);
    else tell(callee.span, { kind: "definition", definition: defineBlock(block) });
    for (const value of positional) tellExpression(tell, scope, value);
    tellAttributes(attributes, scope, (key) => (block === null ? attributeOf(callee.text, key) : columnOf(block, key)));
    if (expectedShape !== null) tellExpression(tell, scope, expectedShape);
  }

  function visitTable(table: TableStatement, scope: ValueScope): void {
    const { block: name, label, doc, attributes, header, rows } = table;
    defineLabelled(label, doc);
    const block = resolveBlock(file, name.text);
    if (block !== null) tell(name.span, { kind: "definition", definition: defineBlock(block) });
    tellAttributes(attributes, scope, (key) => (block === null ? null : columnOf(block, key)));
    for (const { column, through } of header) {
      const meaning = block === null ? null : columnOf(block, column.text);
      if (meaning !== null) tell(column.span, meaning);
      if (through !== null) tellName(tell, scope, through);
    }
    for (const { cells } of rows) {
      for (const { value } of cells) if (value !== null) tellExpression(tell, scope, value);
    }
  }

  function tellOp({ text, span }: Name): void {
    if (signatureOf(text) !== null) tell(span, { kind: "op", op: text as LanguageOp });
  }

  function tellAttributes(
    attributes: readonly Attribute[],
    scope: ValueScope,
    meaningOf: (key: string) => Meaning | null,
  ): void {
    for (const { key, value } of attributes) {
      const meaning = meaningOf(key.text);
      if (meaning !== null) tell(key.span, meaning);
      tellExpression(tell, scope, value);
    }
  }
}

function attributeOf(op: string, key: string): Meaning | null {
  return signatureOf(op)?.attributes.includes(key) === true ? { kind: "attribute", op: op as LanguageOp, key } : null;
}

/** A parameter of the block, or what every block's table has. */
function columnOf(block: BlockEntry, key: string): Meaning | null {
  const parameter = block.declaration.parameters.find(({ name }) => name.text === key);
  if (parameter !== undefined) return { kind: "definition", definition: defineParameter(block, parameter) };
  return key === "n" || key === "residual" ? { kind: "key", owner: "block", key } : null;
}
