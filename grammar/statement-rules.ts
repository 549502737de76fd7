import type { CstNode, IOrAlt } from "chevrotain";
import { ExpressionRules } from "./expression-rules.ts";
import * as t from "./tokens.ts";

/** The rules for the statements in the bodies of networks, blocks and paths. */
export abstract class StatementRules extends ExpressionRules {
  // statementBody : "{" { NEWLINE | statement } "}"
  readonly statementBody: () => CstNode = this.RULE("statementBody", () => {
    this.reachBrace("statementBody");
    this.openBrace();
    do {
      this.MANY(() => {
        this.OR([{ ALT: () => this.CONSUME(t.Newline) }, { ALT: () => this.SUBRULE(this.statement) }]);
      });
    } while (this.passOver("a statement", "statementBody"));
    this.closeBrace();
  });

  private readonly statementAlternatives: IOrAlt<unknown>[] = [
    { ALT: () => this.SUBRULE(this.labelledStatement) },
    { ALT: () => this.SUBRULE(this.ifStatement) },
    { ALT: () => this.SUBRULE(this.letDeclaration) },
    { ALT: () => this.SUBRULE(this.paramDeclaration) },
    { ALT: () => this.SUBRULE(this.defaultDeclaration) },
    { ALT: () => this.SUBRULE(this.inputDeclaration) },
    { ALT: () => this.SUBRULE(this.outputDeclaration) },
    { ALT: () => this.SUBRULE(this.assertDeclaration) },
  ];

  // statement : labelledStatement | ifStatement | letDeclaration | paramDeclaration | defaultDeclaration
  //           | inputDeclaration | outputDeclaration | assertDeclaration
  readonly statement = this.RULE("statement", () => {
    this.OR(this.statementAlternatives);
  });

  // labelledStatement : [ NAME ":" ] ( branchStatement | callStatement )
  readonly labelledStatement = this.RULE("labelledStatement", () => {
    this.OPTION({
      GATE: () => this.LA(2).tokenType === t.Colon,
      DEF: () => {
        this.CONSUME(t.Identifier, { LABEL: "label" });
        this.CONSUME(t.Colon);
      },
    });
    this.OR({
      DEF: [{ ALT: () => this.SUBRULE(this.branchStatement) }, { ALT: () => this.SUBRULE(this.callStatement) }],
      ERR_MSG: "an op or a block",
    });
  });

  // callStatement : NAME { primary } { attribute } [ origin { attribute } ] ( tableBody | [ "->" shape ] END-OF-LINE )
  // A name is an argument unless "=" follows it.
  readonly callStatement = this.RULE("callStatement", () => {
    this.CONSUME(t.Identifier, { LABEL: "callee" });
    this.MANY({
      GATE: () => !this.atAttribute(),
      DEF: () => this.SUBRULE(this.primary),
    });
    this.MANY1({
      GATE: () => this.atAttribute() && !this.atOrigin(),
      DEF: () => this.SUBRULE(this.attribute),
    });
    this.OPTION2({ GATE: () => this.atOrigin(), DEF: () => this.SUBRULE(this.origin) });
    this.MANY2({
      GATE: () => this.atAttribute() && !this.atOrigin(),
      DEF: () => this.SUBRULE1(this.attribute),
    });
    if (this.RECORDING_PHASE || this.LA(1).tokenType !== t.LCurly) {
      this.OPTION(() => {
        this.CONSUME(t.Arrow);
        this.SUBRULE(this.shape);
      });
      this.endOfLine("callStatement");
    }
    this.OPTION1(() => this.SUBRULE(this.tableBody));
  });

  private atOrigin(): boolean {
    return this.LA(1).image === "from" && this.LA(2).tokenType === t.Equals;
  }

  // origin : "from" "=" ( pathReference | "[" pathReference { "," pathReference } "]" )
  readonly origin = this.RULE("origin", () => {
    this.CONSUME(t.Identifier, { LABEL: "from" });
    this.CONSUME(t.Equals);
    this.OR({
      DEF: [
        { ALT: () => this.SUBRULE(this.pathReference) },
        {
          ALT: () => {
            this.CONSUME(t.LBracket);
            this.AT_LEAST_ONE_SEP({
              SEP: t.Comma,
              DEF: () => this.SUBRULE1(this.pathReference),
              ERR_MSG: "a label",
            });
            this.CONSUME(t.RBracket, { ERR_MSG: '"," or "]"' });
          },
        },
      ],
      ERR_MSG: "a label",
    });
  });

  // tableBody : "{" NEWLINE { NEWLINE } tableHeader { NEWLINE | tableRow | "|---|" } "}"
  // Each row begins and ends its line.
  readonly tableBody = this.RULE("tableBody", () => {
    this.openBrace();
    this.MANY(() => this.CONSUME(t.Newline));
    this.OPTION(() => {
      this.rowBegins();
      this.SUBRULE(this.tableHeader);
      this.rowEnds("tableHeader");
    });
    do {
      this.MANY1(() => {
        this.OR([
          { ALT: () => this.CONSUME1(t.Newline) },
          {
            ALT: () => {
              this.rowBegins();
              this.SUBRULE(this.tableRow);
              this.rowEnds("tableRow");
            },
          },
          { ALT: () => this.CONSUME(t.RowSeparator) },
        ]);
      });
    } while (this.passOver("a row", "tableBody", () => this.atRow()));
    this.closeBrace();
  });

  private atRow(): boolean {
    return this.LA(1).tokenType === t.Pipe || this.LA(1).tokenType === t.RowSeparator;
  }

  private rowBegins(): void {
    if (this.RECORDING_PHASE || this.LA(0).tokenType === t.Newline) return;
    this.tellUnexpected("the end of the line", "row");
  }

  private rowEnds(rule: string): void {
    if (!this.RECORDING_PHASE && this.LA(1).tokenType === t.RCurly) this.tellUnexpected("the end of the line", "row");
    this.endOfLine(rule);
  }

  // tableHeader : "|" headerCell "|" { headerCell "|" }
  readonly tableHeader = this.RULE("tableHeader", () => {
    this.CONSUME(t.Pipe);
    this.AT_LEAST_ONE({
      DEF: () => {
        this.SUBRULE(this.headerCell);
        this.CONSUME1(t.Pipe);
      },
      ERR_MSG: "the name of a column",
    });
  });

  // headerCell : NAME [ "(" NAME ")" ]
  readonly headerCell = this.RULE("headerCell", () => {
    this.CONSUME(t.Identifier, { LABEL: "name", ERR_MSG: "the name of a column" });
    this.OPTION(() => {
      this.CONSUME(t.CallParen);
      this.CONSUME1(t.Identifier, { LABEL: "column", ERR_MSG: "the name of a column" });
      this.CONSUME(t.RParen);
    });
  });

  // tableRow : "|" tableCell { tableCell }
  readonly tableRow = this.RULE("tableRow", () => {
    this.CONSUME(t.Pipe);
    this.AT_LEAST_ONE({ DEF: () => this.SUBRULE(this.tableCell), ERR_MSG: "a cell" });
  });

  // tableCell : [ expression ] "|"
  readonly tableCell = this.RULE("tableCell", () => {
    this.OPTION(() => this.SUBRULE(this.expression));
    this.CONSUME(t.Pipe);
  });

  // branchStatement : "branch" NAME [ origin ] "{" { NEWLINE | branchPath } "}" [ "->" shape ] END-OF-LINE
  readonly branchStatement = this.RULE("branchStatement", () => {
    this.CONSUME(t.Branch);
    this.CONSUME(t.Identifier, { LABEL: "join", ERR_MSG: "add, sub, mul or concat" });
    this.OPTION1({ GATE: () => this.atOrigin(), DEF: () => this.SUBRULE(this.origin) });
    this.SUBRULE(this.branchBody);
    this.OPTION(() => {
      this.CONSUME(t.Arrow);
      this.SUBRULE(this.shape);
    });
    this.endOfLine("branchStatement");
  });

  readonly branchBody = this.RULE("branchBody", () => {
    this.reachBrace("branchBody");
    this.openBrace();
    do {
      this.MANY({
        GATE: () => this.LA(1).tokenType === t.Newline || this.atBranchPath(),
        DEF: () => {
          this.OR([{ ALT: () => this.CONSUME(t.Newline) }, { ALT: () => this.SUBRULE(this.branchPath) }]);
        },
      });
    } while (this.passOver('"path"', "branchBody", () => this.atBranchPath()));
    this.closeBrace();
  });

  private atBranchPath(): boolean {
    if (this.LA(1).tokenType === t.Path) return true;
    return this.LA(1).tokenType === t.Identifier && this.LA(2).tokenType === t.Colon && this.LA(3).tokenType === t.Path;
  }

  // branchPath : [ NAME ":" ] "path" [ "from" "=" pathReference ] statementBody
  readonly branchPath = this.RULE("branchPath", () => {
    this.OPTION(() => {
      this.CONSUME(t.Identifier, { LABEL: "label" });
      this.CONSUME(t.Colon);
    });
    this.CONSUME(t.Path);
    this.OPTION1({
      GATE: () => this.LA(1).image === "from",
      DEF: () => {
        this.CONSUME1(t.Identifier, { LABEL: "from" });
        this.CONSUME(t.Equals);
        this.SUBRULE(this.pathReference);
      },
    });
    this.SUBRULE(this.statementBody);
  });

  // ifStatement : "if" condition statementBody { "else" "if" condition statementBody } [ "else" statementBody ]
  readonly ifStatement = this.RULE("ifStatement", () => {
    this.CONSUME(t.If);
    this.SUBRULE(this.condition);
    this.SUBRULE(this.statementBody);
    this.MANY({
      GATE: () => this.LA(2).tokenType === t.If,
      DEF: () => {
        this.CONSUME(t.Else);
        this.CONSUME1(t.If);
        this.SUBRULE1(this.condition);
        this.SUBRULE1(this.statementBody);
      },
    });
    this.OPTION(() => {
      this.CONSUME1(t.Else, { LABEL: "lastElse" });
      this.SUBRULE2(this.statementBody, { LABEL: "otherwise" });
    });
  });

  // condition : expression
  readonly condition = this.RULE("condition", () => {
    this.SUBRULE(this.expression);
  });

  // letDeclaration : "let" NAME [ "(" NAME { "," NAME } ")" ] "=" expression END-OF-LINE
  readonly letDeclaration = this.RULE("letDeclaration", () => {
    this.CONSUME(t.Let);
    this.CONSUME(t.Identifier, { LABEL: "name" });
    this.OPTION(() => {
      this.CONSUME(t.CallParen);
      this.AT_LEAST_ONE_SEP({
        SEP: t.Comma,
        DEF: () => this.CONSUME1(t.Identifier, { LABEL: "parameter" }),
        ERR_MSG: "a name",
      });
      this.CONSUME(t.RParen, { ERR_MSG: '"," or ")"' });
    });
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression);
    this.endOfLine("letDeclaration");
  });

  // paramDeclaration : "param" NAME "=" expression [ "in" expression ".." expression [ "step" expression ] ] END-OF-LINE
  readonly paramDeclaration = this.RULE("paramDeclaration", () => {
    this.CONSUME(t.Param);
    this.CONSUME(t.Identifier, { LABEL: "name" });
    this.CONSUME(t.Equals);
    this.SUBRULE(this.expression, { LABEL: "value" });
    this.OPTION(() => {
      this.CONSUME(t.In);
      this.SUBRULE1(this.expression, { LABEL: "low" });
      this.CONSUME(t.Range);
      this.SUBRULE2(this.expression, { LABEL: "high" });
      this.OPTION1({
        GATE: () => this.LA(1).image === "step",
        DEF: () => {
          this.CONSUME1(t.Identifier, { LABEL: "step" });
          this.SUBRULE3(this.expression, { LABEL: "stepValue" });
        },
      });
    });
    this.endOfLine("paramDeclaration");
  });

  // defaultDeclaration : "default" NAME attribute { attribute } END-OF-LINE
  readonly defaultDeclaration = this.RULE("defaultDeclaration", () => {
    this.CONSUME(t.Default);
    this.CONSUME(t.Identifier, { LABEL: "op", ERR_MSG: "the name of an op" });
    this.AT_LEAST_ONE({
      GATE: () => this.atAttribute(),
      DEF: () => this.SUBRULE(this.attribute),
      ERR_MSG: "an attribute",
    });
    this.endOfLine("defaultDeclaration");
  });

  // inputDeclaration : "input" NAME [ shape ] { attribute } END-OF-LINE
  readonly inputDeclaration = this.RULE("inputDeclaration", () => {
    this.CONSUME(t.Input);
    this.CONSUME(t.Identifier, { LABEL: "name" });
    this.OPTION(() => this.SUBRULE(this.shape));
    this.MANY({ GATE: () => this.atAttribute(), DEF: () => this.SUBRULE(this.attribute) });
    this.endOfLine("inputDeclaration");
  });

  // outputDeclaration : "output" NAME "=" pathReference END-OF-LINE
  readonly outputDeclaration = this.RULE("outputDeclaration", () => {
    this.CONSUME(t.Output);
    this.CONSUME(t.Identifier, { LABEL: "name" });
    this.CONSUME(t.Equals);
    this.SUBRULE(this.pathReference);
    this.endOfLine("outputDeclaration");
  });

  // assertDeclaration : "assert" NAME [ "(" pathReference ")" ] COMPARISON expression [ STRING ] END-OF-LINE
  readonly assertDeclaration = this.RULE("assertDeclaration", () => {
    this.CONSUME(t.Assert);
    this.CONSUME(t.Identifier, { LABEL: "subject", ERR_MSG: "params, macs, memory or shape(…)" });
    this.OPTION(() => {
      this.CONSUME(t.CallParen);
      this.SUBRULE(this.pathReference);
      this.CONSUME(t.RParen);
    });
    this.OR({
      DEF: t.comparisonTokens.map((type) => ({ ALT: () => this.CONSUME(type, { LABEL: "comparison" }) })),
      ERR_MSG: "a comparison",
    });
    this.SUBRULE(this.expression, { LABEL: "bound" });
    this.OPTION1(() => this.CONSUME(t.StringToken, { LABEL: "why" }));
    this.endOfLine("assertDeclaration");
  });
}
