import { zipSync, type Zippable } from "fflate";
import { emitTfjs } from "../../targets/tfjs/emit-tfjs.ts";
import { emitTfjsModels } from "../../targets/tfjs/emit-models.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import { withWeights, type WeighedNetwork } from "./choose-weights.ts";
import { fileBytes } from "./file-bytes.ts";
import type { OpenDocument } from "./open-document.ts";
import type { ZipFile, ZipTarget } from "./requests.ts";
import type { SessionFiles } from "./session.ts";
import { webgpuFolder } from "./webgpu-folder.ts";

/** The earliest time that the format knows: the same network gives the same bytes. */
const noTime = new Date(1980, 0, 1);

const emitters = {
  webgpu: webgpuFolder,
  tfjs: async ({ weights, ...network }: WeighedNetwork): Promise<readonly EmittedFile[]> => [
    ...(await emitTfjs(network.training, { language: "ts", weights })),
    ...emitTfjsModels(network, weights),
  ],
} as const satisfies Record<ZipTarget, unknown>;

/** What `mnet build` writes for a target, with the spec and what it imports beside it, as one file. */
export async function buildZip(open: OpenDocument, target: ZipTarget, files: SessionFiles): Promise<ZipFile> {
  const network = await withWeights(open, files);
  const built = await emitters[target](network);
  const { name } = network.training;
  const specs = [...open.state.program.sources].map(([path, { text }]) => ({ path, contents: text }));
  const zip: Zippable = {};
  for (const file of specs) zip[`${name}/${file.path}`] = [fileBytes(file), { mtime: noTime }];
  for (const file of built) {
    // Weights do not get smaller, and take long to try.
    const level = typeof file.contents === "string" ? 6 : 0;
    zip[`${name}/${target}/${file.path}`] = [fileBytes(file), { level, mtime: noTime }];
  }
  return { name: `${name}-${target}.zip`, bytes: zipSync(zip) };
}
