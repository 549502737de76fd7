import type { CompilerClient } from "../compiler/compiler-client.ts";
import type { PlayEditor } from "../editor/create-editor.ts";
import { fitsLink, fragmentOf } from "../share/share-link.ts";
import type { DocumentStore } from "./document-store.ts";
import type { MessageLine } from "./message-line.ts";
import { saveFile } from "./save-file.ts";

/** What a reader can do with the document that is shown. Each says in the message line what became of it. */
export interface DocumentActions {
  /** Takes the text to its one form. */
  readonly format: () => Promise<void>;
  /** Puts a link that holds the document into the address bar and the clipboard. */
  readonly share: () => Promise<void>;
  /** Builds the network for the target of that name, and hands the files to the browser as a download. */
  readonly download: (target: string) => Promise<void>;
}

interface PageParts {
  readonly client: CompilerClient;
  readonly store: DocumentStore;
  readonly editor: PlayEditor;
  readonly messages: MessageLine;
}

/** Makes the actions of a page. */
export function createDocumentActions({ client, store, editor, messages }: PageParts): DocumentActions {
  return {
    async format() {
      const document = store.current();
      const reply = await client.ask("format", document, null);
      if (reply === null || editor.text() !== document.text) return;
      if (reply.answer.length > 0) editor.edit(reply.answer, document.text);
      else messages.say("There is nothing to format: the spec has its one form already, or a syntax error.");
    },
    async share() {
      const fragment = fragmentOf(store.current());
      if (!fitsLink(fragment)) {
        messages.say("This spec is too long for a link. Save its text as a file to pass it on.");
        return;
      }
      history.replaceState(null, "", fragment);
      try {
        await navigator.clipboard.writeText(location.href);
        messages.say("The link is copied. It holds the spec, its network and its params.");
      } catch {
        messages.say("The link is in the address bar. It holds the spec, its network and its params.");
      }
    },
    async download(target) {
      messages.say("Building …");
      try {
        const reply = await client.ask("zip", store.current(), target);
        if (reply === null) return;
        saveFile(reply.answer);
        messages.say(`${reply.answer.name} is built.`);
      } catch (failure) {
        messages.complain(failure);
      }
    },
  };
}
