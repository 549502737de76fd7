/** An op of other frameworks that the language does not have. */
interface MissingOp {
  /** What others call it, in lower case without `_`. */
  readonly names: readonly string[];
  /** What it is, for a sentence: `The language has no …`. */
  readonly what: string;
  /** What to write instead; null if nothing comes near. */
  readonly instead: string | null;
}

/** The ops that networks of papers use and that the language does not have. */
const missingOps: readonly MissingOp[] = [
  {
    names: ["attention", "selfattention", "multiheadattention", "mha", "matmul", "einsum"],
    what: "attention",
    instead: '"se" weighs channels by the whole map.',
  },
  { names: ["embedding", "lstm", "gru", "rnn"], what: "layer for sequences", instead: null },
];

const byName: ReadonlyMap<string, MissingOp> = new Map(
  missingOps.flatMap((op) => op.names.map((name) => [name, op] as const)),
);

/** Returns what is said of an op that other frameworks have and mnet does not; null for any other name. */
export function missingOp(name: string): string | null {
  const op = byName.get(name.toLowerCase().replaceAll("_", ""));
  if (op === undefined) return null;
  return `The language has no ${op.what}.${op.instead === null ? "" : ` ${op.instead}`}`;
}
