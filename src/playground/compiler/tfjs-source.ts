import { emitTfjs } from "../../targets/tfjs/emit-tfjs.ts";
import type { OpenDocument } from "./open-document.ts";

/** The tf.js module that trains, as `mnet build --target tfjs` writes it; null where the network does not compile. */
export async function tfjsSource({ compiled }: OpenDocument): Promise<string | null> {
  const network = compiled();
  if (network === null) return null;
  const [module] = await emitTfjs(network.training, { language: "ts", weights: null });
  return typeof module?.contents === "string" ? module.contents : null;
}
