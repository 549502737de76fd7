import type { PlayDocument } from "../compiler/play-document.ts";
import type { Extent, PlayEdit, RequestKind, Requests } from "../compiler/requests.ts";

/**
 * A tab that shows a result of the compiler for a document. The result is requested when the tab is selected, and
 * after each change of the document while the tab is selected.
 */
export interface View<K extends RequestKind = RequestKind> {
  readonly id: string;
  readonly label: string;
  readonly request: K;
  readonly ask: Requests[K]["ask"];
  readonly panel: HTMLElement;
  /** Shows an answer. `document` is the document of the request, because the text may have changed since. */
  readonly show: (answer: Requests[K]["answer"], document: PlayDocument) => void;
}

/** The functions of the editor that a view may call. */
export interface ViewHost {
  readonly goTo: (extent: Extent) => void;
  /** Applies edits of a text. Does nothing if the editor now contains another text. */
  readonly edit: (edits: readonly PlayEdit[], text: string) => void;
}
