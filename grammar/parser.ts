import type { CstNode, IToken } from "chevrotain";
import type { SourceFileCstNode } from "../generated/cst-types.ts";
import type { Diagnostic } from "../src/diagnostics/diagnostic.ts";
import type { Source } from "../src/text/source.ts";
import type { Layout } from "./layout.ts";
import { StatementRules } from "./statement-rules.ts";
import * as t from "./tokens.ts";

export interface ParsedTokens {
  readonly cst: SourceFileCstNode;
  /** The errors in the order of their offsets. A stretch may have several, of which the caller keeps the first. */
  readonly problems: readonly Diagnostic[];
  /** True if the parser skipped lines at the file level. A declaration that others name may then be missing. */
  readonly incomplete: boolean;
  /** Offsets of the `}` that close nothing. The declaration before such a `}` may have been closed early by mistake. */
  readonly strayBraces: readonly number[];
}

/** The whole parser, with the rules for the contents of a file. The comment above each rule is its production. */
export class MnetParser extends StatementRules {
  private strayBraces: number[] = [];

  constructor({ validateGrammar = false } = {}) {
    super(validateGrammar);
    this.performSelfAnalysis();
  }

  parse(source: Source, layout: Layout): ParsedTokens {
    this.begin(source, layout);
    this.strayBraces = [];
    const cst = this.sourceFile() as SourceFileCstNode;
    return { cst, problems: this.problems(), incomplete: this.incomplete, strayBraces: this.strayBraces };
  }

  // sourceFile : { NEWLINE | item }
  readonly sourceFile: () => CstNode = this.RULE("sourceFile", () => {
    do {
      this.MANY(() => {
        this.OR([{ ALT: () => this.CONSUME(t.Newline) }, { ALT: () => this.SUBRULE(this.item) }]);
      });
    } while (this.passOverItems());
  });

  // item : importDeclaration | networkDeclaration | blockDeclaration | letDeclaration
  readonly item = this.RULE("item", () => {
    this.OR([
      { ALT: () => this.SUBRULE(this.importDeclaration) },
      { ALT: () => this.SUBRULE(this.networkDeclaration) },
      { ALT: () => this.SUBRULE(this.blockDeclaration) },
      { ALT: () => this.SUBRULE(this.letDeclaration) },
    ]);
  });

  // importDeclaration : "import" STRING END-OF-LINE
  readonly importDeclaration = this.RULE("importDeclaration", () => {
    this.CONSUME(t.Import);
    this.OR({
      DEF: [
        { ALT: () => this.CONSUME(t.StringToken) },
        { ALT: () => this.CONSUME(t.BadString) },
        { ALT: () => this.CONSUME(t.UnterminatedString) },
      ],
      ERR_MSG: "a file name in quotes",
    });
    this.endOfLine("importDeclaration");
  });

  // networkDeclaration : "network" NAME ( "=" preset | { attribute } statementBody ) END-OF-LINE
  readonly networkDeclaration = this.RULE("networkDeclaration", () => {
    this.CONSUME(t.Network);
    this.CONSUME(t.Identifier, { LABEL: "name" });
    const { tokenType } = this.LA(1);
    if (tokenType !== t.Equals && !this.atAttribute()) this.reachBrace("networkDeclaration");
    this.OR({
      DEF: [
        {
          ALT: () => {
            this.CONSUME(t.Equals);
            this.SUBRULE(this.preset);
          },
        },
        {
          ALT: () => {
            this.MANY({ GATE: () => this.atAttribute(), DEF: () => this.SUBRULE(this.attribute) });
            this.SUBRULE(this.statementBody);
          },
        },
      ],
      ERR_MSG: '"{"',
    });
    this.endOfLine("networkDeclaration");
  });

  // preset : NAME callArguments
  readonly preset = this.RULE("preset", () => {
    this.CONSUME(t.Identifier, { LABEL: "base", ERR_MSG: "the name of a network" });
    this.SUBRULE(this.callArguments);
  });

  // blockDeclaration : "block" NAME [ blockParameters ] { attribute } statementBody END-OF-LINE
  readonly blockDeclaration = this.RULE("blockDeclaration", () => {
    this.CONSUME(t.Block);
    this.CONSUME(t.Identifier, { LABEL: "name" });
    this.OPTION(() => this.SUBRULE(this.blockParameters));
    this.MANY({ GATE: () => this.atAttribute(), DEF: () => this.SUBRULE(this.attribute) });
    this.SUBRULE(this.statementBody);
    this.endOfLine("blockDeclaration");
  });

  // blockParameters : "(" [ blockParameter { "," blockParameter } ] ")"
  readonly blockParameters = this.RULE("blockParameters", () => {
    this.CONSUME(t.CallParen);
    this.MANY_SEP({ SEP: t.Comma, DEF: () => this.SUBRULE(this.blockParameter) });
    this.CONSUME(t.RParen, { ERR_MSG: '"," or ")"' });
  });

  // blockParameter : [ "first" ] NAME [ "=" expression ]
  readonly blockParameter = this.RULE("blockParameter", () => {
    this.OPTION(() => this.CONSUME(t.First));
    this.CONSUME(t.Identifier, { LABEL: "name" });
    this.OPTION1(() => {
      this.CONSUME(t.Equals);
      this.SUBRULE(this.expression);
    });
  });

  /**
   * Skips lines that declare nothing and reports them once. They are often the rest of a network that an extra `}`
   * closed too early.
   */
  private passOverItems(): boolean {
    if (this.RECORDING_PHASE || this.atEnd()) return false;
    this.incomplete = true;
    const begin = this.LA(1);
    let stray: IToken | null = null;
    while (!this.atEnd()) {
      this.skipLine();
      const next = this.LA(2).tokenType;
      if (this.LA(1).tokenType === t.RCurly) stray ??= this.LA(1);
      else if (this.startsItem(next) || (next === t.Let && stray === null)) break;
      if (!this.atEnd()) this.SKIP_TOKEN();
    }
    const told = this.explain('"network", "block", "import" or "let"', begin, "sourceFile");
    const note = 'This "}" closes nothing: one further up may close too early.';
    const related = stray && stray !== begin ? [{ message: note, span: this.spanOf(stray) }] : [];
    this.add({ ...told, related });
    if (stray) this.strayBraces.push(stray.startOffset);
    return true;
  }
}

let sharedParser: MnetParser | null = null;

/** Returns the parser. It is made at the first call, because its self-analysis takes tens of milliseconds. */
export function parser(): MnetParser {
  sharedParser ??= new MnetParser();
  return sharedParser;
}
