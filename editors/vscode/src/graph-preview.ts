import { randomBytes } from "node:crypto";
import {
  commands,
  Disposable,
  Uri,
  ViewColumn,
  window,
  workspace,
  type ExtensionContext,
  type TextEditor,
  type WebviewPanel,
} from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { GraphPicture } from "../../../src/lsp/graph-picture.ts";
import type { PreviewMessage } from "./preview-message.ts";
import { previewPage } from "./preview-page.ts";

/** The pause in typing, in milliseconds, after which the picture is drawn again. */
const PAUSE = 150;

/**
 * Adds the command `mnet.showGraph`. It opens a panel with the network around the cursor. The panel follows edits and
 * the cursor.
 */
export function serveGraphPreview({ extensionUri }: ExtensionContext, client: LanguageClient): Disposable {
  let panel: WebviewPanel | null = null;
  /** The editor whose graph is shown: the last active editor of a spec. */
  let editor: TextEditor | undefined;
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;

  const refresh = async (): Promise<void> => {
    if (panel === null || editor === undefined) return;
    asked += 1;
    const question = asked;
    const textDocument = { uri: editor.document.uri.toString() };
    const { line, character } = editor.selection.active;
    let message: PreviewMessage;
    try {
      const answer = await client.sendRequest<GraphPicture | null>("mnet/graphPicture", {
        textDocument,
        position: { line, character },
      });
      message = messageOf(answer);
    } catch (cause) {
      message = { title: null, html: null, note: cause instanceof Error ? cause.message : String(cause) };
    }
    // A newer request has been sent, and its answer will replace this one.
    if (question === asked) await panel.webview.postMessage(message);
  };
  const later = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void refresh(), PAUSE);
  };
  const follow = (active: TextEditor | undefined): void => {
    if (active?.document.languageId !== "mnet") return;
    editor = active;
    later();
  };
  const show = (): void => {
    follow(window.activeTextEditor);
    if (panel !== null) {
      panel.reveal(undefined, true);
      return;
    }
    const scripts = Uri.joinPath(extensionUri, "dist");
    panel = window.createWebviewPanel(
      "mnet.graph",
      "Graph",
      { viewColumn: ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [scripts] },
    );
    const { webview } = panel;
    // The page sends a message when it is ready. It does so again when VS Code recreates it after it was hidden.
    webview.onDidReceiveMessage(() => void refresh());
    panel.onDidDispose(() => (panel = null));
    const script = webview.asWebviewUri(Uri.joinPath(scripts, "preview.js"));
    webview.html = previewPage(script.toString(), randomBytes(16).toString("base64"));
  };

  return Disposable.from(
    commands.registerCommand("mnet.showGraph", show),
    window.onDidChangeActiveTextEditor(follow),
    window.onDidChangeTextEditorSelection(({ textEditor }) => follow(textEditor)),
    workspace.onDidChangeTextDocument(({ document }) => {
      // The shown spec may import the edited one.
      if (document.languageId === "mnet") later();
    }),
    new Disposable(() => {
      clearTimeout(timer);
      panel?.dispose();
    }),
  );
}

function messageOf(answer: GraphPicture | null): PreviewMessage {
  if (answer === null) return { title: null, html: null, note: "There is no network here that can be drawn." };
  const { title, html, whole } = answer;
  return { title, html, note: whole ? "" : "The file has errors, so only the parts without errors are shown." };
}
