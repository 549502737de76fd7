import type { PlayDocument } from "../compiler/play-document.ts";
import type { Extent, PlayEdit, RequestKind, Requests } from "../compiler/requests.ts";

/** What a tab shows of a document: asked for when it is selected, and when the document changes while it is. */
export interface View<K extends RequestKind = RequestKind> {
  readonly id: string;
  readonly label: string;
  readonly request: K;
  readonly ask: Requests[K]["ask"];
  readonly panel: HTMLElement;
  /** Given what was asked about, too: the text may have moved on since. */
  readonly show: (answer: Requests[K]["answer"], document: PlayDocument) => void;
}

/** What a view may do to the editor. */
export interface ViewHost {
  readonly goTo: (extent: Extent) => void;
  /** Edits of a text; nothing happens where the editor holds another by now. */
  readonly edit: (edits: readonly PlayEdit[], text: string) => void;
}
