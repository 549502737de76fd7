import * as t from "../../grammar/tokens.ts";
import { builders } from "prettier/doc";
import type { Comment, Group, Piece } from "./layout-tree.ts";
import { type SpacedPiece, type Spacing, spaced } from "./spacing.ts";

type Doc = builders.Doc;

const { breakParent, group, hardline, indent, line, lineSuffix, softline } = builders;

/** Prints a comment at the end of its line. The comment does not count for the length of the line. */
export function trailing(comment: Comment | null): Doc {
  return comment === null ? "" : [lineSuffix(` ${comment.text}`), breakParent];
}

/** Prints everything on one line; null if there is a comment. */
export function flatPieces(pieces: readonly Piece[], spacing: Spacing): string | null {
  let text = "";
  for (const { piece, before, inner } of spaced(pieces, spacing)) {
    if (piece.kind === "comment") return null;
    if (piece.kind === "leaf") text += before + piece.token.image;
    else {
      const inside = flatPieces(piece.pieces, inner);
      if (inside === null) return null;
      text += before + piece.open.image + inside + piece.close.image;
    }
  }
  return text;
}

/** Prints pieces outside of brackets. Lines may break only inside the brackets among them. */
export function printPieces(pieces: readonly Piece[], spacing: Spacing): Doc {
  return printRun(spaced(pieces, spacing), false);
}

function printRun(run: readonly SpacedPiece[], mayBreak: boolean): Doc {
  let afterComment = false;
  return run.map(({ piece, before, afterOperator, inner }, index): Doc => {
    if (piece.kind === "comment") {
      afterComment = true;
      return piece.ownLine ? [index === 0 ? breakParent : hardline, piece.text] : trailing(piece);
    }
    const gap = afterComment ? hardline : index === 0 ? "" : afterOperator && mayBreak ? line : before;
    afterComment = false;
    return [gap, piece.kind === "leaf" ? piece.token.image : printGroup(piece, inner)];
  });
}

function printGroup({ open, pieces, close }: Group, spacing: Spacing): Doc {
  const run = spaced(pieces, spacing);
  const afterOpen = trailingComment(run[0]);
  const items = splitItems(afterOpen === null ? run : run.slice(1));
  if (items.length === 0) return [open.image, trailing(afterOpen), afterOpen === null ? "" : hardline, close.image];
  const docs = items.map(({ run: item, comment }, index): Doc => {
    const isLast = index === items.length - 1;
    const comma = item.at(-1)?.piece.kind === "comment" ? [hardline, ","] : ",";
    return [printItem(item, items.length > 1), isLast ? "" : [comma, trailing(comment), line]];
  });
  return group([open.image, trailing(afterOpen), indent([softline, ...docs]), softline, close.image]);
}

/** Prints the comments above an item, then the item. Its further lines are indented if the bracket has other items. */
function printItem(run: readonly SpacedPiece[], hasOthers: boolean): Doc {
  const start = run.findIndex(({ piece }) => piece.kind !== "comment");
  if (start === -1) return printRun(run, true);
  const above = run.slice(0, start).map(({ piece }) => (piece.kind === "comment" ? [piece.text, hardline] : ""));
  const item = printRun(run.slice(start), true);
  return [above, group(hasOthers ? indent(item) : item)];
}

interface Item {
  readonly run: readonly SpacedPiece[];
  /** The comment on the line of the item's comma. */
  readonly comment: Comment | null;
}

function splitItems(run: readonly SpacedPiece[]): readonly Item[] {
  const items: Item[] = [];
  let start = 0;
  run.forEach(({ piece }, index) => {
    if (piece.kind !== "leaf" || piece.token.tokenType !== t.Comma) return;
    const comment = trailingComment(run[index + 1]);
    items.push({ run: run.slice(start, index), comment });
    start = index + (comment === null ? 1 : 2);
  });
  if (start < run.length) items.push({ run: run.slice(start), comment: null });
  return items;
}

function trailingComment(entry: SpacedPiece | undefined): Comment | null {
  return entry?.piece.kind === "comment" && !entry.piece.ownLine ? entry.piece : null;
}
