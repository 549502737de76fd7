import type { PlayDocument } from "../compiler/play-document.ts";
import { documentOf, fragmentOf } from "../share/share-link.ts";

const key = "mnet-playground";

/** Returns the document that this browser showed last, or null if none is stored. */
export function rememberedDocument(): PlayDocument | null {
  try {
    const kept = documentOf(localStorage.getItem(key) ?? "");
    return kept.kind === "document" ? kept.document : null;
  } catch {
    // A browser may refuse to store anything. The page also works without storage.
    return null;
  }
}

/** Stores a document for the next visit, if the browser allows it. */
export function rememberDocument(document: PlayDocument): void {
  try {
    localStorage.setItem(key, fragmentOf(document));
  } catch {
    // The page works without.
  }
}
