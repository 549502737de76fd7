/** What the preview page shows. Without a picture, the page keeps the last one and fades it. */
export interface PreviewMessage {
  readonly title: string | null;
  readonly html: string | null;
  readonly note: string;
}
