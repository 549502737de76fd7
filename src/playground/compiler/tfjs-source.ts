import { emitTarget } from "../../targets/index.ts";
import type { OpenDocument } from "./open-document.ts";

/**
 * Returns the tf.js training module that `mnet build --target tfjs` writes, or null if the network does not compile.
 */
export async function tfjsSource({ compiled }: OpenDocument): Promise<string | null> {
  const network = compiled();
  if (network === null) return null;
  const { files } = await emitTarget("tfjs", network, null, {});
  const [module] = files;
  return typeof module?.contents === "string" ? module.contents : null;
}
