import type { CstNode, IOrAlt, TokenType } from "chevrotain";
import { RecoveringParser } from "./recovering-parser.ts";
import * as t from "./tokens.ts";

const literalTokens: readonly TokenType[] = [
  t.NumberToken,
  t.Dims,
  t.StringToken,
  t.True,
  t.False,
  // The lexer has already reported these tokens. The parser reads them as values.
  t.BadNumber,
  t.BadString,
  t.UnterminatedString,
];

/**
 * The rules for values. A chain of operators is one flat production. The code that builds the AST applies the
 * precedence: from loose to tight it is `or`, `and`, `not`, comparisons, `+ -`, `* / %`, unary `-`. With one nested
 * rule for each level, the parser would enter nine rules for every `3x3`, which takes longer than the rest of parsing.
 */
export abstract class ExpressionRules extends RecoveringParser {
  private readonly prefixAlternatives: IOrAlt<unknown>[] = [
    { ALT: () => this.CONSUME(t.Minus, { LABEL: "prefix" }) },
    { ALT: () => this.CONSUME(t.Not, { LABEL: "prefix" }) },
  ];

  private readonly secondPrefixAlternatives: IOrAlt<unknown>[] = [
    { ALT: () => this.CONSUME1(t.Minus, { LABEL: "prefix" }) },
    { ALT: () => this.CONSUME1(t.Not, { LABEL: "prefix" }) },
  ];

  private readonly operatorAlternatives: IOrAlt<unknown>[] = t.binaryOperatorTokens.map((type) => ({
    ALT: () => this.CONSUME2(type, { LABEL: "operator" }),
  }));

  private readonly primaryAlternatives: IOrAlt<unknown>[] = [
    ...literalTokens.map((type) => ({ ALT: () => this.CONSUME(type, { LABEL: "literal" }) })),
    { ALT: () => this.SUBRULE(this.nameOrCall) },
    { ALT: () => this.SUBRULE(this.list) },
    { ALT: () => this.SUBRULE(this.parenthesised) },
    { ALT: () => this.SUBRULE(this.inputExtent) },
  ];

  // expression : { "-" | "not" } primary { OPERATOR { "-" | "not" } primary }
  // OPERATOR   : "or" | "and" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%"
  readonly expression: () => CstNode = this.RULE("expression", () => {
    this.MANY(() => this.OR(this.prefixAlternatives));
    this.SUBRULE(this.primary);
    this.MANY1(() => {
      this.OR1(this.operatorAlternatives);
      this.MANY2(() => this.OR2(this.secondPrefixAlternatives));
      this.SUBRULE1(this.primary);
    });
  });

  // primary : NUMBER | DIMS | STRING | "true" | "false" | nameOrCall | list | parenthesised | inputExtent
  readonly primary: () => CstNode = this.RULE("primary", () => {
    this.OR({ DEF: this.primaryAlternatives, ERR_MSG: "a value" });
  });

  // nameOrCall : NAME [ "("touching callArguments ]
  readonly nameOrCall = this.RULE("nameOrCall", () => {
    this.CONSUME(t.Identifier, { LABEL: "name" });
    this.OPTION(() => this.SUBRULE(this.callArguments));
  });

  // callArguments : "(" [ callArgument { "," callArgument } ] ")"
  readonly callArguments = this.RULE("callArguments", () => {
    this.CONSUME(t.CallParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.callArgument) });
    this.CONSUME(t.RParen, { ERR_MSG: '"," or ")"' });
  });

  // callArgument : [ NAME "=" ] expression
  readonly callArgument = this.RULE("callArgument", () => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Equals,
      DEF: () => {
        this.CONSUME(t.Identifier, { LABEL: "name" });
        this.CONSUME(t.Equals);
      },
    });
    this.SUBRULE(this.expression);
  });

  // list : "[" [ expression { "," expression } ] "]"
  readonly list = this.RULE("list", () => {
    this.CONSUME(t.LBracket);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.expression) });
    this.CONSUME(t.RBracket, { ERR_MSG: '"," or "]"' });
  });

  // parenthesised : "(" expression ")"
  readonly parenthesised = this.RULE("parenthesised", () => {
    this.CONSUME(t.LParen);
    this.SUBRULE(this.expression);
    this.CONSUME(t.RParen);
  });

  // inputExtent : "in" "." NAME
  readonly inputExtent = this.RULE("inputExtent", () => {
    this.CONSUME(t.In);
    this.CONSUME(t.Dot);
    this.CONSUME(t.Identifier, { LABEL: "axis", ERR_MSG: "h, w or c" });
  });

  /** True at the key of an attribute, which is a name with a "=" after it. The parser itself looks only one token ahead. */
  protected atAttribute(): boolean {
    return this.LA(1).tokenType === t.Identifier && this.LA(2).tokenType === t.Equals;
  }

  // attribute : NAME "=" expression
  readonly attribute = this.RULE("attribute", () => {
    this.CONSUME(t.Identifier, { LABEL: "key" });
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
  });

  // pathReference : NAME { "/" NAME }
  readonly pathReference = this.RULE("pathReference", () => {
    this.CONSUME(t.Identifier, { LABEL: "part", ERR_MSG: "a label" });
    this.MANY(() => {
      this.CONSUME(t.Slash);
      this.CONSUME1(t.Identifier, { LABEL: "part", ERR_MSG: "a label" });
    });
  });

  // shape : DIMS | list
  readonly shape = this.RULE("shape", () => {
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.Dims) },
        { ALT: () => this.CONSUME(t.BadNumber) },
        { ALT: () => this.SUBRULE(this.list) },
      ],
      ERR_MSG: "a shape",
    });
  });
}
