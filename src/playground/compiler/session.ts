import { analyze } from "./analyze.ts";
import { buildForRun } from "./build-for-run.ts";
import { buildZip } from "./build-zip.ts";
import { complete } from "./complete.ts";
import { findingsOf } from "./list-findings.ts";
import { formatEdits } from "./format-edits.ts";
import { graphView } from "./graph-view.ts";
import { hoverText } from "./hover-text.ts";
import { openDocument, type OpenDocument } from "./open-document.ts";
import { planView } from "./plan-view.ts";
import { summaryView } from "./summary-view.ts";
import { tfjsSource } from "./tfjs-source.ts";
import type { PlayDocument } from "./play-document.ts";
import type { RequestKind, Requests } from "./requests.ts";
import type { SessionFiles } from "./session-files.ts";

/** The functions of the compiler that the page calls. */
export interface Session {
  readonly answer: <K extends RequestKind>(
    request: K,
    document: PlayDocument,
    ask: Requests[K]["ask"],
  ) => Promise<Requests[K]["answer"]>;
}

type Answers = {
  readonly [K in RequestKind]: (
    open: OpenDocument,
    ask: Requests[K]["ask"],
    files: SessionFiles,
  ) => Requests[K]["answer"] | Promise<Requests[K]["answer"]>;
};

const answers: Answers = {
  analysis: analyze,
  hover: hoverText,
  completion: complete,
  format: formatEdits,
  graph: graphView,
  summary: summaryView,
  tfjs: tfjsSource,
  plan: planView,
  findings: findingsOf,
  zip: buildZip,
  build: buildForRun,
};

/**
 * Returns a session, which answers requests about documents. It keeps the results for a document until a request has
 * another document.
 */
export function createSession(files: SessionFiles): Session {
  let last: { readonly key: string; readonly open: OpenDocument } | null = null;
  const opened = (document: PlayDocument): OpenDocument => {
    const key = JSON.stringify(document);
    if (last?.key !== key) last = { key, open: openDocument(document, files.specs) };
    return last.open;
  };
  return {
    answer: async (request, document, ask) => answers[request](opened(document), ask, files),
  };
}
