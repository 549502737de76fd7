import { createCompilerClient, type CompilerClient } from "./compiler/compiler-client.ts";
import type { PlayDocument } from "./compiler/play-document.ts";
import { routeRequests } from "./compiler/route-requests.ts";
import { shippedSpecs } from "./shipped-specs.ts";
import { newSpec } from "./page/document-store.ts";
import { openPage } from "./page/open-page.ts";
import { rememberedDocument } from "./page/remembered-document.ts";
import { documentOf } from "./share/share-link.ts";

const openCompiler = (): CompilerClient => {
  const worker = new Worker(new URL("./compiler/worker.ts", import.meta.url), { type: "module", name: "mnet" });
  return createCompilerClient(worker, shippedSpecs);
};
const client = routeRequests(openCompiler(), openCompiler);

const first = "mobilenet_v2.mnet";
const shared = documentOf(location.hash);
const shipped: PlayDocument = { name: first, text: shippedSpecs.get(first) ?? "", network: null, params: {} };
const page = openPage({
  client,
  shipped: new Map([...shippedSpecs, [newSpec.name, newSpec.text]]),
  document: shared.kind === "document" ? shared.document : (rememberedDocument() ?? shipped),
});
if (shared.kind === "broken") page.complain(shared.problem);

addEventListener("hashchange", () => {
  const found = documentOf(location.hash);
  if (found.kind === "document") page.open(found.document);
  if (found.kind === "broken") page.complain(found.problem);
});

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // The page also works without the service worker, as long as the reader is online.
  void navigator.serviceWorker.register(new URL("service-worker.js", document.baseURI)).catch(() => undefined);
}
