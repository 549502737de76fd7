import type { PlayDocument } from "../compiler/play-document.ts";
import { documentOf, fragmentOf } from "../share/share-link.ts";

const key = "mnet-playground";

/** The document that this browser showed last; null where it kept none. */
export function rememberedDocument(): PlayDocument | null {
  try {
    const kept = documentOf(localStorage.getItem(key) ?? "");
    return kept.kind === "document" ? kept.document : null;
  } catch {
    // A browser may refuse to keep anything, and the page works without.
    return null;
  }
}

export function rememberDocument(document: PlayDocument): void {
  try {
    localStorage.setItem(key, fragmentOf(document));
  } catch {
    // As above.
  }
}
