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

/** Where recovery stops: the end of the line, or a brace on it. */
const stops: ReadonlySet<TokenType> = new Set([t.Newline, t.LCurly, t.RCurly, EOF]);
const itemStarts: ReadonlySet<TokenType> = new Set([t.Network, t.Block, t.Import]);

/** Exceptions carry what was expected; the words around it are made in messages.ts, once the whole line is known. */
const expectationOnly: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected }) => expectation(expected),
  buildNoViableAltMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
  buildEarlyExitMessage: ({ customUserDescription }) => customUserDescription ?? "something else",
  buildNotAllInputParsedMessage: () => "the end of the file",
};

/**
 * Chevrotain's recovery, kept to the line. Its own follows a token anywhere in the file and inserts or deletes tokens
 * on the way; here a rule in error skips to the end of the line (or to a brace, so that bodies stay balanced), and
 * the rules above it go on with what they have. Only the first error of a stretch is told (layout.ts), so what they
 * then miss adds nothing.
 */
export abstract class RecoveringParser extends CstParser {
  declare protected SKIP_TOKEN: () => IToken;
  declare protected SAVE_ERROR: (exception: IRecognitionException) => IRecognitionException;
  protected unclosedBrace = false;
  /** True once a line that may have declared something was passed over. */
  protected incomplete = false;
  /** Bodies that may still be taken to lack their `{`. */
  private missingBraces = 0;
  /** Where the last token ends, which is where the end of the file is shown. */
  private end = 0;
  private source: Source = createSource("", "");
  private told: Diagnostic[] = [];
  private readonly openBraces: IToken[] = [];

  /** Chevrotain's checks of the grammar itself cost more than parsing a file; tests and generation run them. */
  protected constructor(validateGrammar: boolean) {
    super([...t.allTokens], {
      recoveryEnabled: true,
      maxLookahead: 1,
      nodeLocationTracking: "onlyOffset",
      errorMessageProvider: expectationOnly,
      skipValidations: !validateGrammar,
    });
    // The repetition recovery is an instance property that the constructor sets; it would leave the line.
    Object.assign(this, { attemptInRepetitionRecovery: () => undefined });
  }

  /** Readies the parser for one file's tokens. */
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

  /** What was told and what was thrown, by offset. */
  protected problems(): readonly Diagnostic[] {
    const thrown = this.errors.map((exception) => {
      const stack = exception.context.ruleStack;
      return this.explain(exception.message, exception.token, stack[stack.length - 1] ?? "");
    });
    // At one place an exception came first, and what was told there is about what it left standing.
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

  /** Tokens ascend by offset, so the place of one is a binary search away. */
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

  /** Chevrotain appends end-of-file tokens to the input it is given. */
  private lastIndex(): number {
    let last = this.input.length - 1;
    while (last >= 0 && this.input[last]?.tokenType === EOF) last--;
    return last;
  }

  /** The end of the file has no offsets of its own; a newline is shown as the one place behind its line. */
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

  /** A `network` in a body: above it a `}` is missing if one is missing in all, or if it stands where a line begins. */
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

  /** To the end of the line, over whole `{ … }` on the way; nothing inside them is looked at. */
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

  /** The rest-of-line rule: one diagnostic on the first token too many. */
  protected endOfLine(rule: string): void {
    if (this.RECORDING_PHASE) return;
    const type = this.LA(1).tokenType;
    if (type === t.Newline || type === t.RCurly || type === EOF) return;
    // A body without its "}" has taken the end of the line with it.
    if (this.LA(0).tokenType === t.Newline) return;
    this.tellUnexpected("the end of the line", rule);
    if (!(this.openBraces.length === 0 && itemStarts.has(type))) this.skipLine();
  }

  /** Before the `{` of a body: what stands between the head and it is told once and skipped. */
  protected reachBrace(rule: string): void {
    if (this.RECORDING_PHASE || this.atStop()) return;
    this.tellUnexpected('"{"', rule);
    this.skipToStop();
  }

  /** Where a brace closes nothing and a line ends without the one it needs, the body below belongs to that line. */
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

  /** The `}` of a body, or word that it is missing, once for all bodies that end here. */
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
   * After the loop of a body: passes over a line that cannot begin there, and over those below it that seem to be there
   * for the same reason: up to one that `canBegin`, or else while lines begin alike. False where the body ends.
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
