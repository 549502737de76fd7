import type { IToken } from "chevrotain";
import { tokenize } from "../../grammar/lexer.ts";
import type { RandomSource } from "../../src/weights/random.ts";
import { positionAt, type Source } from "../../src/text/source.ts";

/** A spec with one token changed. */
export interface TokenEdit {
  readonly text: string;
  /** `24 becomes 240`, for people. */
  readonly what: string;
  /** Offset of the edit, the same before and after. */
  readonly start: number;
  /** By how much the text grew. */
  readonly delta: number;
  /** The line it stands on, from 1. */
  readonly line: number;
}

/** A token and the text to put in its place; null where this kind of edit does not apply. */
type Edit = (token: IToken, others: readonly IToken[], random: RandomSource) => string | null;

const digits = /^\d/;

/** Slips of a hand, each as likely as the next. */
const edits: readonly Edit[] = [
  // Left out.
  () => "",
  // Typed twice.
  ({ image }) => `${image} ${image}`,
  // A number off by one, by a digit, by a sign.
  ({ image }) => (digits.test(image) ? String(Number.parseFloat(image) + 1) : null),
  ({ image }) => (digits.test(image) ? `${image}0` : null),
  ({ image }) => (digits.test(image) ? "0" : null),
  ({ image }) => (digits.test(image) ? `-${image}` : null),
  // A name with a letter left out, or two swapped.
  ({ image }, _, random) => (/^[A-Za-z_]\w+$/.test(image) ? withoutLetter(image, random) : null),
  ({ image }, _, random) => (/^[A-Za-z_]\w+$/.test(image) ? withSwap(image, random) : null),
  // Another token of the file in its place, of the same kind and of any kind.
  (token, others, random) => {
    const same = others.filter(({ tokenType, image }) => tokenType === token.tokenType && image !== token.image);
    return pick(same, random)?.image ?? null;
  },
  ({ image }, others, random) =>
    pick(
      others.filter((other) => other.image !== image),
      random,
    )?.image ?? null,
];

export function pick<T>(items: readonly T[], random: RandomSource): T | undefined {
  return items[Math.floor(random.uniform() * items.length)];
}

function withoutLetter(word: string, random: RandomSource): string {
  const at = Math.floor(random.uniform() * word.length);
  return word.slice(0, at) + word.slice(at + 1);
}

function withSwap(word: string, random: RandomSource): string {
  const at = Math.floor(random.uniform() * (word.length - 1));
  return word.slice(0, at) + word.charAt(at + 1) + word.charAt(at) + word.slice(at + 2);
}

/** One edit of one token, each token of the text as likely as the next; comments are not touched. */
export function editToken(source: Source, random: RandomSource): TokenEdit {
  const tokens = tokenize(source).tokens.filter(({ tokenType }) => !["Newline", "Doc"].includes(tokenType.name));
  for (;;) {
    const token = pick(tokens, random);
    const edit = pick(edits, random);
    const text = token === undefined ? null : edit?.(token, tokens, random);
    if (token === undefined || text == null || text === token.image) continue;
    const { startOffset: start, image } = token;
    return {
      text: source.text.slice(0, start) + text + source.text.slice(start + image.length),
      what: text === "" ? `${image} is left out` : `${image} becomes ${text}`,
      start,
      delta: text.length - image.length,
      line: positionAt(source, start).line,
    };
  }
}
