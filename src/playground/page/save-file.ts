import type { ZipFile } from "../compiler/requests.ts";
import { element } from "../dom/element.ts";

/** Downloads a file through the browser. */
export function saveFile({ name, bytes }: ZipFile): void {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/zip" }));
  const link = element("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
