import { EOF, type IToken, type TokenType } from "chevrotain";
import { didYouMean } from "../src/text/did-you-mean.ts";
import { quote } from "./quote.ts";
import * as t from "./tokens.ts";

/** A token that the grammar does not allow at its place, with the tokens around it. */
export interface Unexpected {
  /** What the rule expects: `a name`, `"{"`. */
  readonly expected: string;
  /** The innermost grammar rule. */
  readonly rule: string;
  readonly actual: IToken;
  /** The token before it, then the token before that one. */
  readonly before: readonly [IToken | undefined, IToken | undefined];
  readonly next: IToken | undefined;
}

/** The message and the hint of a syntax error. */
export interface Explanation {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
}

type Explain = (at: Unexpected) => Explanation | null;

/**
 * Explains a syntax error. It checks for frequent mistakes, the most specific first. Any other error is reported as
 * "Expected …, found …".
 */
export function explainUnexpected(at: Unexpected): Explanation {
  for (const explain of knownMistakes) {
    const explanation = explain(at);
    if (explanation) return explanation;
  }
  return { code: "syntax/unexpected-token", message: plainly(at), hint: hint(at) };
}

function plainly({ expected, actual, before: [previous] }: Unexpected): string {
  const after = previous && previous.tokenType !== t.Newline ? ` after ${describe(previous)}` : "";
  return `Expected ${expected}${after}, found ${describe(actual)}.`;
}

/** Returns the words that messages use for a token. */
function describe(token: IToken): string {
  if (token.tokenType === EOF) return "the end of the file";
  if (token.tokenType === t.Newline) return "the end of the line";
  if (stringTokens.has(token.tokenType)) return `the string ${quote(token.image.replace(/^"|"$/g, ""))}`;
  return quote(token.image);
}

const stringTokens: ReadonlySet<TokenType> = new Set([t.StringToken, t.BadString, t.UnterminatedString]);
const keywords: ReadonlySet<TokenType> = new Set(t.keywords);
const comparisons: ReadonlySet<TokenType> = new Set(t.comparisonTokens);
const itemKeywords: ReadonlySet<TokenType> = new Set([t.Network, t.Block, t.Import]);
const arithmetic: ReadonlySet<TokenType> = new Set([...t.binaryOperatorTokens, t.Not]);
const argumentStarts: ReadonlySet<TokenType> = new Set([
  t.NumberToken,
  t.Dims,
  t.StringToken,
  t.True,
  t.False,
  t.Identifier,
  t.LBracket,
  t.LParen,
  t.In,
]);
const nameExpected = /^(a name|a label|an op or a block|the name of .*|add, sub, mul or concat)$/;

function isA(token: IToken | undefined, type: TokenType): boolean {
  return token?.tokenType === type;
}

const homes: ReadonlyMap<TokenType, string> = new Map([
  [t.Network, "a file"],
  [t.Block, "a file"],
  [t.Import, "a file"],
  [t.Param, "a network"],
  [t.Input, "a network"],
  [t.Output, "a network"],
  [t.Assert, "a network"],
  [t.Default, "a network or a block"],
  [t.If, "a network or a block"],
  [t.Branch, "a network or a block"],
  [t.Path, "a branch"],
]);

const places: Readonly<Record<string, string>> = {
  sourceFile: "at the top of a file",
  statementBody: "among statements",
  tableBody: "in a table",
  branchBody: "beside the paths of a branch",
};

const knownMistakes: readonly Explain[] = [
  function keywordAsLabel({ actual, before: [previous], next }) {
    if (keywords.has(actual.tokenType) && isA(next, t.Colon)) return keywordAsName(actual, "label");
    if (!isA(actual, t.Colon) || !previous || !keywords.has(previous.tokenType)) return null;
    return keywordAsName(previous, "label");
  },

  function inAsKey({ actual, before: [previous] }) {
    if (!isA(actual, t.Equals) || !isA(previous, t.In) || !previous) return null;
    return keywordAsName(previous, "name of an attribute");
  },

  function keywordWhereNameStands({ actual, expected, next, rule }) {
    const asKey = isA(next, t.Equals) && expected === "the end of the line" && rule !== "assertDeclaration";
    if (!keywords.has(actual.tokenType) || !(nameExpected.test(expected) || asKey)) return null;
    return keywordAsName(actual, asKey ? "name of an attribute" : "name");
  },

  function elseWithoutIf({ actual }) {
    if (!isA(actual, t.Else)) return null;
    return {
      code: "syntax/misplaced",
      message: 'This "else" follows no "if".',
      hint: 'Write it after the "}" of an "if", on the same line or a later one.',
    };
  },

  function declarationElsewhere({ actual, rule }) {
    const home = homes.get(actual.tokenType);
    const place = places[rule];
    if (home === undefined || place === undefined) return null;
    return {
      code: "syntax/misplaced",
      message: `${quote(actual.image)} stands in ${home}, not ${place}.`,
      hint: `Move it into ${home}${rule === "statementBody" ? ', or write the "}" that is missing above it' : ""}.`,
    };
  },

  function strayBrace({ actual, rule }) {
    if (!isA(actual, t.RCurly) || rule !== "sourceFile") return null;
    return {
      code: "syntax/stray-brace",
      message: 'This "}" closes nothing.',
      hint: "Delete it, or one further up that closes too early.",
    };
  },

  function unknownItem({ actual, rule }) {
    if (!isA(actual, t.Identifier) || rule !== "sourceFile") return null;
    const near = didYouMean(actual.image, ["network", "block", "import", "let"]);
    return {
      code: "syntax/unknown-item",
      message: `A file holds networks, blocks, imports and lets, and ${quote(actual.image)} begins none of them.`,
      hint: near === null ? "Move the line into a network or a block." : `Did you mean "${near}"?`,
    };
  },

  function blankBeforeCall({ actual, before: [previous] }) {
    if (!isA(actual, t.LParen) || !isA(previous, t.Identifier)) return null;
    const name = previous?.image ?? "";
    return {
      code: "syntax/call-blank",
      message: `A blank stands between "${name}" and its "(".`,
      hint: `Write "${name}(" without the blank.`,
    };
  },

  function assignmentInCondition({ actual, rule, expected }) {
    const condition = rule === "statementBody" && expected === '"{"';
    if (!isA(actual, t.Equals) || !(condition || expected === "a comparison")) return null;
    return {
      code: "syntax/unexpected-token",
      message: 'A comparison is written "==", not "=".',
      hint: 'Write "==".',
    };
  },

  function missingLet({ actual, before: [previous, beforeThat], rule }) {
    const first = !beforeThat || isA(beforeThat, t.Newline) || isA(beforeThat, t.LCurly) || isA(beforeThat, t.RCurly);
    if (!isA(actual, t.Equals) || rule !== "callStatement" || !isA(previous, t.Identifier) || !first) return null;
    const name = previous?.image ?? "";
    return {
      code: "syntax/unexpected-token",
      message: `"${name} =" begins no statement.`,
      hint: `Write "let ${name} = …" to name a value, or "param ${name} = …" to let it be set from outside.`,
    };
  },

  function positionalAfterNamed({ actual, before: [previous], expected, rule, next }) {
    const takesArguments = rule === "callStatement" || rule === "defaultDeclaration" || rule === "inputDeclaration";
    const ends = expected === "the end of the line" && takesArguments && !isA(previous, t.RBracket);
    if (!ends || !argumentStarts.has(actual.tokenType) || isA(next, t.Colon)) return null;
    if (rule === "callStatement" || rule === "defaultDeclaration") {
      return {
        code: "syntax/positional-after-named",
        message: `The argument ${describe(actual)} stands after a key=value.`,
        hint: "Move it before the first key=value.",
      };
    }
    return null;
  },
];

function keywordAsName(token: IToken, role: string): Explanation {
  return {
    code: "syntax/keyword-as-name",
    message: `"${token.image}" is a keyword, and no ${role}.`,
    hint: `Choose another name, such as "${token.image}_1".`,
  };
}

/** Returns the hint of an "Expected …, found …" message. */
function hint({ expected, actual, before: [previous], next, rule }: Unexpected): string {
  const ends = expected === "the end of the line";
  if (isA(actual, t.RParen) && ends) return 'Delete the ")", or write the "(" it closes.';
  if (isA(actual, t.RBracket) && ends) return 'Delete the "]", or write the "[" it closes.';
  if (isA(previous, t.Comma) && expected === "a value" && (isA(actual, t.RParen) || isA(actual, t.RBracket))) {
    return 'Delete the "," before it.';
  }
  const closer = /("[)\]]")$/.exec(expected)?.[1];
  if (closer !== undefined) {
    if (lineEnds(actual)) return `Write the ${closer}; a line may break after "(", "[", "," or an operator.`;
    return `Write ${expected.startsWith('","') ? 'a "," or ' : ""}the ${closer} before it.`;
  }
  if (rule === "row") return 'Give each row of a table, and its "}", a line of its own.';
  if (rule === "tableRow" || rule === "tableCell" || rule === "tableHeader" || rule === "headerCell") {
    if (lineEnds(actual)) return 'End the row with "|".';
    if (rule === "tableHeader" || rule === "headerCell") {
      return "Begin the table with a row that names its columns, such as | c | n | s |.";
    }
    return isA(previous, t.Pipe) ? 'Write one value between two "|".' : 'Write a "|" before it.';
  }
  if (rule === "tableBody") return 'Begin the row with "|"; only rows stand in the braces after a block\'s name.';
  if (rule === "branchBody") return 'Write it inside "path { … }".';
  if (rule === "callStatement" && ends) {
    if (isA(actual, t.Minus) && isA(next, t.NumberToken)) return `Put it in parentheses: (-${next?.image ?? ""}).`;
    if (arithmetic.has(actual.tokenType)) return "Put an argument that is computed in parentheses: (t * in.c).";
    if (isA(actual, t.Pipe)) return 'Write "or" for a choice; rows of a table stand in braces.';
    if (isA(actual, t.Colon)) return "Begin each statement on a line of its own.";
    if (isA(actual, t.Equals)) return "Write key=value with a name before the =.";
  }
  if (rule === "statementBody" && isA(actual, t.Slash)) return "Write comments after //.";
  if (rule === "statementBody" && expected === "a statement" && isA(actual, t.Pipe)) {
    return "Write the name of a block and a brace before the rows: bottleneck { … }.";
  }
  if (expected === "a statement") return "Begin a statement with an op, a block, a label or a keyword.";
  if (expected === '"{"' && isA(previous, t.Else)) return 'Write "else if" before a condition.';
  if (expected === "an attribute") return "Write key=value.";
  if (expected === '"{"' && lineEnds(actual)) return 'Write the "{" on this line.';
  if (isA(actual, t.Equals) && arithmeticContext(previous)) return 'Write "==" to compare.';
  if (rule === "paramDeclaration" && ends && isA(actual, t.Identifier))
    return 'Write "step" before the step of a range.';
  if (rule === "assertDeclaration" && ends) {
    return arithmetic.has(actual.tokenType) ? "Write one assert for each budget." : "Write the reason in quotes.";
  }
  if (expected === '"{"' && isA(previous, t.Path)) return "Write path { … } or path from=LABEL { … }.";
  if (rule === "inputDeclaration" && ends) return "An input has a name, a shape and then key=value.";
  if (expected === "a value") return "Write a value, such as 32, width, ch(32) or [3, 3].";
  if (expected === "a shape") return "Write a shape as 7x7x320, or as a list: [h, w, c].";
  if (expected === "a file name in quotes") return 'Write it as import "blocks.mnet".';
  if (ends && isA(next, t.Colon)) return "Begin each statement on a line of its own.";
  if (rule === "blockParameters" || rule === "blockParameter")
    return "Write parameters as name, name = value or first name = value.";
  if (itemKeywords.has(actual.tokenType)) return "Begin each declaration on a line of its own.";
  return ends ? "Delete it, or begin a statement with it on a line of its own." : `Write ${expected} here.`;
}

function lineEnds(token: IToken): boolean {
  return token.tokenType === t.Newline || token.tokenType === EOF || token.tokenType === t.RCurly;
}

function arithmeticContext(previous: IToken | undefined): boolean {
  return previous !== undefined && comparisons.has(previous.tokenType);
}
