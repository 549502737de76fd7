import type { ExtensionContext } from "vscode";
import { createClient } from "./client.ts";
import { serveGraphPreview } from "./graph-preview.ts";
import { showLibraryFiles } from "./library-files.ts";

/** Starts the extension. The editor calls it when the first spec is opened. */
export async function activate(context: ExtensionContext): Promise<void> {
  const client = createClient(context);
  // The server ends with the extension.
  context.subscriptions.push(client, showLibraryFiles(client), serveGraphPreview(context, client));
  await client.start();
}
