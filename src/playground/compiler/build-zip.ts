import { zipSync, type Zippable } from "fflate";
import { targetOf } from "../../targets/index.ts";
import { withWeights } from "./choose-weights.ts";
import { fileBytes } from "./file-bytes.ts";
import type { OpenDocument } from "./open-document.ts";
import type { ZipFile } from "./requests.ts";
import type { SessionFiles } from "./session-files.ts";

/** The earliest time that the format knows: the same network gives the same bytes. */
const noTime = new Date(1980, 0, 1);

/**
 * Returns what `mnet build` writes for a target, with the spec and what it imports beside it, as one file. Throws a sentence
 * for people when there is no such target, or when it refuses the network.
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
    // Weights do not get smaller, and take long to try.
    const level = typeof file.contents === "string" ? 6 : 0;
    zip[`${folder}/${name}/${file.path}`] = [fileBytes(file), { level, mtime: noTime }];
  }
  return { name: `${folder}-${name}.zip`, bytes: zipSync(zip) };
}
