import type { PlayDocument } from "../compiler/play-document.ts";
import type { Extent, PlayEdit, RequestKind, Requests } from "../compiler/requests.ts";

/** A tab that shows what the compiler makes of a document. The compiler is asked when the tab is selected, and after each change of the document while it is. */
export interface View<K extends RequestKind = RequestKind> {
  readonly id: string;
  readonly label: string;
  readonly request: K;
  readonly ask: Requests[K]["ask"];
  readonly panel: HTMLElement;
  /** Shows an answer. `document` is the one that was asked about, because the text may have changed since. */
  readonly show: (answer: Requests[K]["answer"], document: PlayDocument) => void;
}

/** What a view may do to the editor. */
export interface ViewHost {
  readonly goTo: (extent: Extent) => void;
  /** Applies edits of a text. Does nothing where the editor holds another text by now. */
  readonly edit: (edits: readonly PlayEdit[], text: string) => void;
}
