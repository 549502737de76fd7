import { zipSync, type Zippable } from "fflate";
import { targetOf } from "../../targets/index.ts";
import { withWeights } from "./choose-weights.ts";
import { fileBytes } from "./file-bytes.ts";
import type { OpenDocument } from "./open-document.ts";
import type { ZipFile } from "./requests.ts";
import type { SessionFiles } from "./session-files.ts";

/** The earliest time that a zip file can state. It is constant, so the same network gives the same bytes. */
const noTime = new Date(1980, 0, 1);

/**
 * Returns a zip file with the files that `mnet build` writes for a target, the spec and the files that the spec
 * imports. Throws an error with a sentence for the reader if there is no such target, or if the target refuses the
 * network.
 */
export async function buildZip(open: OpenDocument, name: string, files: SessionFiles): Promise<ZipFile> {
  const target = targetOf(name);
  if (target === null) throw new Error(`There is no target "${name}".`);
  const network = await withWeights(open, files);
  const { files: built, diagnostics } = await target.emit(network, network.weights, {});
  const fault = diagnostics.find(({ severity }) => severity === "error");
  if (fault !== undefined) throw new Error(fault.message);
  const folder = network.training.name;
  const specs = [...open.state.program.sources].map(([path, { text }]) => ({ path, contents: text }));
  const zip: Zippable = {};
  for (const file of specs) zip[`${folder}/${file.path}`] = [fileBytes(file), { mtime: noTime }];
  for (const file of built) {
    // Weights are not compressed: they do not get smaller, and the attempt takes long.
    const level = typeof file.contents === "string" ? 6 : 0;
    zip[`${folder}/${name}/${file.path}`] = [fileBytes(file), { level, mtime: noTime }];
  }
  return { name: `${folder}-${name}.zip`, bytes: zipSync(zip) };
}
