import { library } from "../../../generated/library.ts";
import { LIBRARY_FOLDER } from "../../program/program.ts";
import { createDocumentState, type DocumentState } from "../../lsp/document-state.ts";
import type { Project } from "../../lsp/project.ts";
import { inferenceGraph } from "../../passes/pipeline.ts";
import { createSource } from "../../text/source.ts";
import type { CompiledNetwork, StructuredNetwork } from "../../compile.ts";
import { hasErrors, type Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { NetworkView } from "../../inspect.ts";
import { once } from "../../text/once.ts";
import { declaredParams } from "./declared-params.ts";
import type { PlayDocument } from "./play-document.ts";

/** A compiled document with the files that it may import. */
export interface OpenDocument {
  readonly document: PlayDocument;
  readonly state: DocumentState;
  readonly project: Project;
  /** The network that is shown: the requested one, or else the first of the file. Null if the file has none. */
  readonly network: string | null;
  readonly view: NetworkView | null;
  /** Returns null if the network does not compile. `problems` then contains the reasons. */
  readonly compiled: () => (CompiledNetwork & StructuredNetwork) | null;
  readonly problems: () => readonly Diagnostic[];
}

const libraryTexts = new Map(library.map(({ name, text }) => [`${LIBRARY_FOLDER}/${name}`, text]));

/**
 * Opens a document.
 *
 * @param specs the text of every shipped file, by name. The document replaces the shipped file with the same name.
 */
export function openDocument(document: PlayDocument, specs: ReadonlyMap<string, string>): OpenDocument {
  const source = createSource(document.name, document.text);
  const read = (path: string): string | null => (path === document.name ? document.text : (specs.get(path) ?? null));
  const plain = createDocumentState(source, read);
  const names = [...plain.program.networks.keys()];
  const network = document.network !== null && names.includes(document.network) ? document.network : (names[0] ?? null);
  const set = new Map(network === null ? [] : Object.entries(paramsOf(document, plain, network)));
  const state = network === null ? plain : createDocumentState(source, read, {}, { network, set });
  const others = new Map<string, DocumentState>([[document.name, state]]);
  const project: Project = {
    state(file) {
      const known = others.get(file);
      if (known !== undefined) return known;
      const text = libraryTexts.get(file) ?? specs.get(file);
      if (text === undefined) return null;
      const made = createDocumentState(createSource(file, text), read);
      others.set(file, made);
      return made;
    },
    files: () => [...new Set([document.name, ...specs.keys()])],
    uriOf: (file) => file,
  };
  const view = once(() => (network === null ? null : (state.inspection.views.get(network) ?? null)));
  const compiled = once(() => {
    const structured = view()?.structured ?? null;
    const problems: Diagnostic[] = state.inspection.diagnostics.filter(({ severity }) => severity === "error");
    if (structured === null || hasErrors(state.program.diagnostics)) return { value: null, problems };
    const inference = inferenceGraph(structured.training, (diagnostic) => problems.push(diagnostic));
    return { value: { ...structured, inference }, problems };
  });
  return {
    document,
    state,
    project,
    network,
    get view() {
      return view();
    },
    compiled: () => compiled().value,
    problems: () => compiled().problems,
  };
}

/**
 * Returns the values of those params that the network declares. A link or an edited text can also contain values of
 * other params.
 */
function paramsOf({ params }: PlayDocument, { program }: DocumentState, network: string): PlayDocument["params"] {
  const names = new Set(declaredParams(program, network).map(({ name }) => name.text));
  return Object.fromEntries(Object.entries(params).filter(([name]) => names.has(name)));
}
