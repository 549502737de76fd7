import type { PlayDocument } from "../compiler/play-document.ts";

/** The initial text of a new spec. */
export const newSpec = {
  name: "new.mnet",
  text: `/// A small network to begin with.
network Net {
  param width = 1.0 in 0.25 .. 4.0
  let ch(c) = divisible(c * width, 8)

  default conv norm=batch act=relu padding=same
  default depthwise norm=batch act=relu padding=same

  input image [64, 64, 3] mean=127.5 std=127.5

  stem: conv 3x3 ch(16) stride=2
  bottleneck {
    | t | ch(c) | n | s |
    | 2 |    16 | 1 | 1 |
    | 4 |    24 | 2 | 2 |
  }
  head: classifier 10 act=softmax
}
`,
} as const;

export interface DocumentStore {
  readonly current: () => PlayDocument;
  /** Opens a file with the reader's last edits, or the shipped text if there are none. */
  readonly open: (name: string) => PlayDocument;
  readonly replace: (document: PlayDocument) => PlayDocument;
  readonly setText: (text: string) => void;
  /** Shows another network, with all params at their defaults. */
  readonly setNetwork: (network: string) => void;
  /** Sets a param. Null sets it to its default. */
  readonly setParam: (name: string, value: string | null) => void;
  /** Returns true if the text differs from the shipped file with that name. */
  readonly isEdited: () => boolean;
  /** Resets the document to the shipped text. */
  readonly revert: () => PlayDocument;
}

/**
 * Returns a store of the document that the page shows and of the texts that the reader edited before.
 *
 * @param onChange called after every change
 */
export function createDocumentStore(
  shipped: ReadonlyMap<string, string>,
  first: PlayDocument,
  onChange: (document: PlayDocument) => void,
): DocumentStore {
  const drafts = new Map<string, string>();
  let now = first;
  const set = (next: PlayDocument): PlayDocument => {
    now = next;
    if (shipped.get(next.name) === next.text) drafts.delete(next.name);
    else drafts.set(next.name, next.text);
    onChange(next);
    return next;
  };
  const fresh = (name: string, text: string): PlayDocument => ({ name, text, network: null, params: {} });
  return {
    current: () => now,
    open: (name) => set(fresh(name, drafts.get(name) ?? shipped.get(name) ?? "")),
    replace: set,
    setText(text) {
      if (text !== now.text) set({ ...now, text });
    },
    setNetwork(network) {
      set({ ...now, network, params: {} });
    },
    setParam(name, value) {
      const others = Object.entries(now.params).filter(([key]) => key !== name);
      set({ ...now, params: Object.fromEntries(value === null ? others : [...others, [name, value]]) });
    },
    isEdited: () => shipped.has(now.name) && shipped.get(now.name) !== now.text,
    revert: () => set(fresh(now.name, shipped.get(now.name) ?? now.text)),
  };
}
