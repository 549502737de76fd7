import type { CompilerClient } from "../compiler/compiler-client.ts";
import type { PlayEditor } from "../editor/create-editor.ts";
import { fitsLink, fragmentOf } from "../share/share-link.ts";
import type { DocumentStore } from "./document-store.ts";
import type { MessageLine } from "./message-line.ts";
import { saveFile } from "./save-file.ts";

/** The actions that a reader can apply to the shown document. Each action reports its result in the message line. */
export interface DocumentActions {
  /** Formats the text. */
  readonly format: () => Promise<void>;
  /** Puts a link that contains the document into the address bar and the clipboard. */
  readonly share: () => Promise<void>;
  /** Builds the network for the target with that name, and downloads the files. */
  readonly download: (target: string) => Promise<void>;
}

interface PageParts {
  readonly client: CompilerClient;
  readonly store: DocumentStore;
  readonly editor: PlayEditor;
  readonly messages: MessageLine;
}

/** Returns the actions of a page. */
export function createDocumentActions({ client, store, editor, messages }: PageParts): DocumentActions {
  return {
    async format() {
      const document = store.current();
      const reply = await client.ask("format", document, null);
      if (reply === null || editor.text() !== document.text) return;
      if (reply.answer.length > 0) editor.edit(reply.answer, document.text);
      else messages.say("There is nothing to format: the spec is already formatted, or it has a syntax error.");
    },
    async share() {
      const fragment = fragmentOf(store.current());
      if (!fitsLink(fragment)) {
        messages.say("This spec is too long for a link. To share it, save its text as a file.");
        return;
      }
      history.replaceState(null, "", fragment);
      try {
        await navigator.clipboard.writeText(location.href);
        messages.say("The link is copied. It contains the spec, its network and its params.");
      } catch {
        messages.say("The link is in the address bar. It contains the spec, its network and its params.");
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
