import {
  CstParser,
  EOF,
  MismatchedTokenException,
  type IParserErrorMessageProvider,
  type IRecognitionException,
  type IToken,
  type TokenType,
} from "chevrotain";
import { error, type Diagnostic, type DiagnosticDetails } from "../src/diagnostics/diagnostic.ts";
import { createSource, type Source } from "../src/text/source.ts";
import type { Span } from "../src/text/span.ts";
import { expectation } from "./expectation.ts";
import type { Layout } from "./layout.ts";
import { explainUnexpected } from "./messages.ts";
import * as t from "./tokens.ts";

/** The tokens at which recovery stops: the end of the line, and braces. */
const stops: ReadonlySet<TokenType> = new Set([t.Newline, t.LCurly, t.RCurly, EOF]);
const itemStarts: ReadonlySet<TokenType> = new Set([t.Network, t.Block, t.Import]);

/** Makes exceptions that say only what was expected. messages.ts writes the sentence once the whole line is known. */
const expectationOnly: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expectation(expected),
  buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
  buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
  buildNotAllInputParsedMessage: () => "the end of the file",
};

/**
 * A parser that recovers from a syntax error within the line. Chevrotain's own recovery looks for a token anywhere in the
 * file, and inserts or deletes tokens on the way. Here a rule with an error skips to the end of the line, or to a brace, so
 * that bodies stay balanced. The rules above it then go on with what they have. Only the first error of a stretch is
 * reported (layout.ts), so their further errors are dropped.
 */
export abstract class RecoveringParser extends CstParser {
  declare protected SKIP_TOKEN: () => IToken;
  declare protected SAVE_ERROR: (exception: IRecognitionException) => IRecognitionException;
  protected unclosedBrace = false;
  /** True after the parser skipped a line that may have declared something. */
  protected incomplete = false;
  /** The number of bodies without a `{` that the parser may still accept. */
  private missingBraces = 0;
  /** The offset at which the last token ends. Messages show the end of the file there. */
  private end = 0;
  private source: Source = createSource("", "");
  private told: Diagnostic[] = [];
  private readonly openBraces: IToken[] = [];

  /** `validateGrammar` runs chevrotain's checks of the grammar. They take longer than parsing a file, so only tests and generation ask for them. */
  protected constructor(validateGrammar: boolean) {
    super([...t.allTokens], {
      recoveryEnabled: true,
      maxLookahead: 1,
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: expectationOnly,
      skipValidations: !validateGrammar,
    });
    // Chevrotain's constructor sets this property of the instance, and its recovery would leave the line.
    Object.assign(this, { attemptInRepetitionRecovery: () => undefined });
  }

  /** Prepares the parser for the tokens of one file. */
  protected begin(source: Source, layout: Layout): void {
    const last = layout.tokens[layout.tokens.length - 1];
    this.end = last ? last.startOffset + last.image.length : source.text.length;
    this.input = [...layout.tokens];
    this.source = source;
    this.unclosedBrace = layout.unclosedBrace;
    this.missingBraces = layout.strayBraces;
    this.incomplete = layout.unclosedBrace;
    this.told = [];
    this.openBraces.length = 0;
  }

  /** Returns all reported and thrown errors in the order of their offsets. */
  protected problems(): readonly Diagnostic[] {
    const thrown = this.errors.map((exception) => {
      const stack = exception.context.ruleStack;
      return this.explain(exception.message, exception.token, stack[stack.length - 1] ?? "");
    });
    // Of two errors at one place the exception comes first, because the report is about what the exception left unread.
    return [...thrown, ...this.told].sort((a, b) => a.span.start - b.span.start);
  }

  /* ------------------------------------------------------------ telling */

  protected tell(code: string, token: IToken, message: string, details: DiagnosticDetails = {}): void {
    this.add(error(code, this.spanOf(token), message, details));
  }

  protected tellUnexpected(expected: string, rule: string): void {
    this.add(this.explain(expected, this.LA(1), rule));
  }

  protected add(diagnostic: Diagnostic): void {
    this.told.push(diagnostic);
  }

  protected explain(expected: string, actual: IToken, rule: string): Diagnostic {
    const at = this.indexOf(actual);
    const { code, message, hint } = explainUnexpected({
      expected,
      rule,
      actual,
      before: [this.input[at - 1], this.input[at - 2]],
      next: this.input[at + 1],
    });
    return error(code, this.spanOf(actual), message, { hint });
  }

  /** Finds a token in the input by binary search: tokens ascend by offset. */
  private indexOf(token: IToken): number {
    if (token.tokenType === EOF) return this.lastIndex() + 1;
    let low = 0;
    let high = this.lastIndex();
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.input[middle]?.startOffset ?? Infinity) < token.startOffset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Returns the index of the last token of the text. Chevrotain appends end-of-file tokens to its input. */
  private lastIndex(): number {
    let last = this.input.length - 1;
    while (last >= 0 && this.input[last]?.tokenType === EOF) last--;
    return last;
  }

  /**
   * Returns the place of a token. The end of the file is placed after the last token, and a newline is an empty span
   * after its line.
   */
  protected spanOf(token: IToken): Span {
    if (token.tokenType === EOF) {
      return { file: this.source.name, start: this.end, end: this.end };
    }
    const width = token.tokenType === t.Newline ? 0 : token.image.length;
    return { file: this.source.name, start: token.startOffset, end: token.startOffset + width };
  }

  /* ------------------------------------------------------------ skipping */

  protected atEnd(): boolean {
    return this.LA(1).tokenType === EOF;
  }

  /**
   * True if a token such as `network` ends the bodies above it. It does if the file has fewer `}` than `{`, or if the token
   * stands at the left edge of its line.
   */
  private endsBodies(token: IToken): boolean {
    if (!itemStarts.has(token.tokenType)) return false;
    const before = this.source.text.charAt(token.startOffset - 1);
    return this.unclosedBrace || before === "\n" || before === "\r";
  }

  protected startsItem(type: TokenType): boolean {
    return itemStarts.has(type);
  }

  protected atStop(): boolean {
    return stops.has(this.LA(1).tokenType);
  }

  protected skipToStop(): void {
    while (!this.atStop()) this.SKIP_TOKEN();
  }

  /** Skips to the end of the line. A `{ … }` on the way is skipped as a whole. */
  protected skipLine(): void {
    for (;;) {
      this.skipToStop();
      if (this.LA(1).tokenType !== t.LCurly) return;
      this.skipBraces();
    }
  }

  private skipBraces(): void {
    let depth = 0;
    let lineStart = false;
    do {
      const type = this.LA(1).tokenType;
      if (type === EOF || (lineStart && this.endsBodies(this.LA(1)))) return;
      if (type === t.LCurly) depth++;
      else if (type === t.RCurly) depth--;
      lineStart = type === t.Newline;
      this.SKIP_TOKEN();
    } while (depth > 0);
  }

  /* ------------------------------------------------------------ shared by the rules */

  /** Expects the end of the line. Reports the first token before it and skips the rest. */
  protected endOfLine(rule: string): void {
    if (this.RECORDING_PHASE) return;
    const type = this.LA(1).tokenType;
    if (type === t.Newline || type === t.RCurly || type === EOF) return;
    // A body that lacks its "}" has already read the end of the line.
    if (this.LA(0).tokenType === t.Newline) return;
    this.tellUnexpected("the end of the line", rule);
    if (!(this.openBraces.length === 0 && itemStarts.has(type))) this.skipLine();
  }

  /** Skips to the `{` of a body. Reports the first token that stands before it. */
  protected reachBrace(rule: string): void {
    if (this.RECORDING_PHASE || this.atStop()) return;
    this.tellUnexpected('"{"', rule);
    this.skipToStop();
  }

  /**
   * Reads the `{` of a body. If a line lacks its `{` and the file has a `}` that closes nothing, the lines below are
   * read as its body.
   */
  protected openBrace(): void {
    if (!this.RECORDING_PHASE && this.missingBraces > 0 && this.LA(1).tokenType === t.Newline) {
      this.missingBraces--;
      this.tellUnexpected('"{"', "openBrace");
      this.openBraces.push(this.LA(1));
      return;
    }
    const brace = this.CONSUME(t.LCurly);
    if (!this.RECORDING_PHASE) this.openBraces.push(brace);
  }

  /** Reads the `}` of a body. If it is missing, reports that once for all bodies that end here. */
  protected closeBrace(): void {
    if (this.RECORDING_PHASE || this.LA(1).tokenType === t.RCurly) {
      this.CONSUME(t.RCurly);
      this.openBraces.pop();
      return;
    }
    const opened = this.openBraces.pop();
    if (!opened) return;
    this.openBraces.length = 0;
    const here = this.LA(1);
    const found = here.tokenType === EOF ? "the end of the file" : `"${here.image}"`;
    this.tell("syntax/unclosed-brace", opened, 'This "{" is never closed.', {
      hint: `Write the "}" before ${found}.`,
      related: [{ message: `A "}" is missing before ${found}.`, span: this.spanOf(here) }],
    });
  }

  /**
   * Skips a line that is not allowed in a body, after the loop over the body's lines. It also skips the lines below
   * that seem to have the same cause: up to a line for which `canBegin` is true, or, without `canBegin`, as long as
   * lines begin alike. Returns false at the end of the body.
   */
  protected passOver(expected: string, rule: string, canBegin: (() => boolean) | null = null): boolean {
    if (this.RECORDING_PHASE) return false;
    const { tokenType } = this.LA(1);
    if (tokenType === EOF || tokenType === t.RCurly || this.endsBodies(this.LA(1))) return false;
    if (itemStarts.has(tokenType)) this.incomplete = true;
    this.tellUnexpected(expected, rule);
    this.skipLine();
    while (this.LA(1).tokenType === t.Newline && !this.endsBodies(this.LA(2))) {
      if (canBegin === null && this.LA(2).tokenType !== tokenType) break;
      this.SKIP_TOKEN();
      if (canBegin?.() === true) break;
      this.skipLine();
    }
    return true;
  }

  /* ------------------------------------------------------------ chevrotain's recovery, overridden */

  protected findReSyncTokenType(): TokenType {
    for (let k = 1; ; k++) {
      const { tokenType } = this.LA(k);
      if (stops.has(tokenType)) return tokenType;
    }
  }

  protected isInCurrentRuleReSyncSet(): boolean {
    return true;
  }

  protected reSyncTo(): IToken[] {
    this.skipToStop();
    return [];
  }

  protected consumeInternalRecovery(_type: TokenType, _index: number, exception: unknown): never {
    throw exception;
  }

  protected raiseNoAltException(_occurrence: number, expected: string | undefined): never {
    throw this.SAVE_ERROR(new MismatchedTokenException(expected ?? "something else", this.LA(1), this.LA(0)));
  }

  protected raiseEarlyExitException(_occurrence: number, _kind: unknown, expected: string | undefined): never {
    throw this.SAVE_ERROR(new MismatchedTokenException(expected ?? "something else", this.LA(1), this.LA(0)));
  }
}
