import type {
  Attribute,
  BlockParameter,
  BranchPath,
  BranchStatement,
  CallArgument,
  Expression,
  FileItem,
  Name,
  ParamDeclaration,
  PathReference,
  Statement,
  TableStatement,
} from "../../src/syntax/ast.ts";

/** A tree as the text of a program; spans are not looked at, and parentheses stand wherever they could matter. */
export function printProgram(items: readonly FileItem[]): string {
  return items.map((item) => `${printItem(item)}\n`).join("\n");
}

function printItem(item: FileItem): string {
  switch (item.kind) {
    case "import":
      return `import ${JSON.stringify(item.path ?? "")}`;
    case "preset":
      return `${doc(item)}network ${item.name.text} = ${item.base.text}(${args(item.args)})`;
    case "network":
      return `${doc(item)}network ${item.name.text}${attributes(item.attributes)} {${body(item.body)}}`;
    case "block": {
      const parameters = item.parameters.map(parameter).join(", ");
      return `${doc(item)}block ${item.name.text}(${parameters})${attributes(item.attributes)} {${body(item.body)}}`;
    }
    case "let":
      return statement(item);
  }
}

function parameter({ first, name, value }: BlockParameter): string {
  return `${first ? "first " : ""}${name.text}${value ? ` = ${expression(value)}` : ""}`;
}

function body(statements: readonly Statement[]): string {
  return `\n${statements.map((node) => `${statement(node)}\n`).join("")}`;
}

function statement(node: Statement): string {
  switch (node.kind) {
    case "call-statement": {
      const positional = node.positional.map((value) => ` ${primary(value)}`).join("");
      return `${doc(node)}${label(node)}${node.callee.text}${positional}${attributes(node.attributes)}${origin(node.from)}${shape(node)}`;
    }
    case "table":
      return `${doc(node)}${label(node)}${node.block.text}${attributes(node.attributes)}${origin(node.from)} {\n${table(node)}}`;
    case "branch":
      return `${doc(node)}${label(node)}branch ${node.join.text}${origin(node.from)} {\n${node.paths.map(path).join("\n")}\n}${shape(node)}`;
    case "if":
      return `if ${expression(node.condition)} {${body(node.then)}}${otherwise(node.otherwise)}`;
    case "let": {
      const signature = node.parameters ? `(${node.parameters.map(({ text }) => text).join(", ")})` : "";
      return `${doc(node)}let ${node.name.text}${signature} = ${expression(node.value)}`;
    }
    case "param":
      return `${doc(node)}param ${node.name.text} = ${expression(node.value)}${range(node.range)}`;
    case "default":
      return `default ${node.op.text}${attributes(node.attributes)}`;
    case "input":
      return `${doc(node)}input ${node.name.text}${node.shape === null ? "" : ` ${expression(node.shape)}`}${attributes(node.attributes)}`;
    case "output":
      return `${doc(node)}output ${node.name.text} = ${reference(node.path)}`;
    case "assert": {
      const { subject, operator, bound, why } = node;
      const measured = subject.kind === "shape" ? `shape(${reference(subject.path)})` : subject.metric;
      return `assert ${measured} ${operator} ${primary(bound)}${why === null ? "" : ` ${JSON.stringify(why)}`}`;
    }
  }
}

/** An arm that holds one `if` alone may be written both ways; this one also stands on a later line. */
function otherwise(arm: readonly Statement[] | null): string {
  if (arm === null) return "";
  const [only] = arm;
  if (only?.kind === "if" && arm.length === 1) return `\n\n// else\nelse ${statement(only)}`;
  return ` else {${body(arm)}}`;
}

function path(node: BranchPath): string {
  return `${doc(node)}${label(node)}path${node.from ? ` from=${reference(node.from)}` : ""} {${body(node.body)}}`;
}

function table({ header, rows }: TableStatement): string {
  const titles = header.map(({ through, column }) => (through ? `${through.text}(${column.text})` : column.text));
  const cells = rows.map((row) => row.cells.map(({ value }) => (value ? expression(value) : "")));
  const lines = [titles, header.map(() => "---"), ...cells];
  return lines.map((line) => `| ${line.join(" | ")} |\n`).join("");
}

function range(node: ParamDeclaration["range"]): string {
  if (node === null) return "";
  const step = node.step ? ` step ${expression(node.step)}` : "";
  return ` in ${expression(node.low)} .. ${expression(node.high)}${step}`;
}

/** The places where an operator needs parentheses. */
function primary(node: Expression): string {
  return node.kind === "binary" || node.kind === "unary" ? `(${expression(node)})` : expression(node);
}

function expression(node: Expression): string {
  switch (node.kind) {
    case "number":
      return String(node.value);
    case "dims":
      return node.values.join("x");
    case "string":
      return JSON.stringify(node.value);
    case "boolean":
      return String(node.value);
    case "reference":
      return node.name;
    case "input-extent":
      return `in.${node.axis}`;
    case "list":
      return `[${node.elements.map(expression).join(",\n")}]`;
    case "call":
      return `${node.callee.text}(${args(node.args)})`;
    case "unary":
      return `${node.operator} ${primary(node.operand)}`;
    case "binary":
      return `${primary(node.left)} ${node.operator} ${primary(node.right)}`;
    case "hole":
      throw new Error("A program with a hole has no text.");
  }
}

function args(nodes: readonly CallArgument[]): string {
  return nodes.map(({ name, value }) => `${name ? `${name.text} = ` : ""}${expression(value)}`).join(", ");
}

function attributes(nodes: readonly Attribute[]): string {
  return nodes.map(({ key, value }) => ` ${key.text}=${expression(value)}`).join("");
}

function origin(from: readonly PathReference[]): string {
  if (from.length === 0) return "";
  const [only] = from;
  return from.length === 1 && only !== undefined
    ? ` from=${reference(only)}`
    : ` from=[${from.map(reference).join(", ")}]`;
}

function shape({ expectedShape }: Pick<BranchStatement, "expectedShape">): string {
  return expectedShape ? ` -> ${expression(expectedShape)}` : "";
}

function label(node: { readonly label: Name | null }): string {
  return node.label ? `${node.label.text}: ` : "";
}

function reference({ parts }: PathReference): string {
  return parts.map(({ text }) => text).join("/");
}

function doc(node: { readonly doc: string | null }): string {
  if (node.doc === null) return "";
  return node.doc
    .split("\n")
    .map((line) => `/// ${line}\n`)
    .join("");
}
