import type { CompilerClient } from "../compiler/compiler-client.ts";
import type { PlayDocument } from "../compiler/play-document.ts";
import type { Analysis } from "../compiler/requests.ts";
import { element } from "../dom/element.ts";
import { byId } from "../dom/by-id.ts";
import { createEditor } from "../editor/create-editor.ts";
import { createParamPanel } from "../params/param-panel.ts";
import { createRunPanel } from "../run/run-panel.ts";
import { createFindingsView } from "../views/findings-panel.ts";
import { createGraphView } from "../views/graph-panel.ts";
import { createPlanView } from "../views/plan-panel.ts";
import { createSummaryView } from "../views/summary-panel.ts";
import { createTfjsView } from "../views/tfjs-panel.ts";
import type { View } from "../views/view.ts";
import { createDocumentActions } from "./document-actions.ts";
import { createDocumentStore } from "./document-store.ts";
import { wireDownloadMenu } from "./download-menu.ts";
import { createMessageLine } from "./message-line.ts";
import { rememberDocument } from "./remembered-document.ts";
import { createSpecPicker } from "./spec-picker.ts";
import { totalsText } from "./totals-text.ts";
import { createViewSwitch } from "./view-switch.ts";

export interface PageOptions {
  readonly client: CompilerClient;
  /** The text of every spec that the reader can choose, by file name. */
  readonly shipped: ReadonlyMap<string, string>;
  /** The first document that the page shows. */
  readonly document: PlayDocument;
}

export interface Page {
  readonly open: (document: PlayDocument) => void;
  /** Tells the reader what failed. */
  readonly complain: (problem: string) => void;
}

/** Builds the page. It sends each change of the document to the compiler and shows the answers. */
export function openPage({ client, shipped, document: first }: PageOptions): Page {
  const messages = createMessageLine(byId("message"));
  const store = createDocumentStore(shipped, first, changed);
  const picker = createSpecPicker(byId("spec", HTMLSelectElement), [...shipped.keys()], (name) =>
    show(store.open(name)),
  );
  const networks = byId("network", HTMLSelectElement);
  const revert = byId("revert", HTMLButtonElement);
  const params = createParamPanel((name, value) => store.setParam(name, value));
  byId("params").append(params.element);

  const editor = createEditor(byId("editor"), first.text, {
    onChange: (text) => store.setText(text),
    hover: async (offset) => (await client.ask("hover", store.current(), offset))?.answer ?? null,
    complete: async (offset) => (await client.ask("completion", store.current(), offset))?.answer ?? null,
    format: () => void actions.format(),
  });

  const actions = createDocumentActions({ client, store, editor, messages });

  const views: readonly View[] = [
    createGraphView(),
    createSummaryView(),
    createTfjsView(),
    createPlanView(),
    createFindingsView({ goTo: editor.goTo, edit: editor.edit }),
  ] as readonly View[];
  const run = createRunPanel({
    async build(targets) {
      const reply = await client.ask("build", store.current(), targets);
      if (reply === null) throw new Error("A later build replaced this one. Run the network again.");
      return reply.answer;
    },
  });
  const runTab = { id: "run", label: "Run", panel: element("div", { class: "panel" }, run.element) };
  const { tabs, refresh } = createViewSwitch(client, store.current, views, [runTab]);
  byId("right").append(tabs.element, ...views.map(({ panel }) => panel), runTab.panel);

  function show(document: PlayDocument): void {
    editor.open(document.text);
  }

  let remembering: ReturnType<typeof setTimeout> | undefined;
  function changed(document: PlayDocument): void {
    // A link in the address bar contains the shared document, which is no longer the shown one.
    if (location.hash !== "") history.replaceState(null, "", location.pathname + location.search);
    clearTimeout(remembering);
    remembering = setTimeout(() => rememberDocument(document), 400);
    run.networkChanged();
    void update();
  }

  async function update(): Promise<void> {
    const document = store.current();
    picker.show(document, store.isEdited());
    revert.hidden = !store.isEdited();
    refresh();
    try {
      const reply = await client.ask("analysis", document, null);
      // If the text has changed since, another analysis is already running.
      if (reply !== null && editor.text() === document.text) showAnalysis(reply.answer);
    } catch (failure) {
      messages.complain(failure);
    }
  }

  function showAnalysis(analysis: Analysis): void {
    editor.show(analysis);
    // The reader may have moved a slider since then. The answer must not move it back.
    const { params: set } = store.current();
    params.show(analysis.params.map((control) => ({ ...control, value: set[control.name] ?? control.fallback })));
    networks.hidden = analysis.networks.length < 2;
    networks.replaceChildren(...analysis.networks.map((name) => element("option", {}, name)));
    if (analysis.network !== null) networks.value = analysis.network;
    byId("totals").textContent = totalsText(analysis);
    tabs.note("findings", analysis.diagnostics.length === 0 ? "" : String(analysis.diagnostics.length));
  }

  networks.addEventListener("change", () => store.setNetwork(networks.value));
  revert.addEventListener("click", () => show(store.revert()));
  byId("format").addEventListener("click", () => void actions.format());
  byId("share").addEventListener("click", () => void actions.share());
  wireDownloadMenu(byId("download", HTMLDetailsElement), (target) => void actions.download(target));
  void update();
  return { open: (document) => show(store.replace(document)), complain: messages.complain };
}
