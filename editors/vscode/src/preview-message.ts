/** What the page of the preview has to show. Without a picture it keeps the last one, faded. */
export interface PreviewMessage {
  readonly title: string | null;
  readonly html: string | null;
  readonly note: string;
}
