import { summarize, type Summary } from "../../analysis/summary.ts";
import type { OpenDocument } from "./open-document.ts";

/** Returns the layers, blocks and totals of the network, or null if it does not compile. */
export function summaryView({ compiled }: OpenDocument): Summary | null {
  const network = compiled();
  return network === null ? null : summarize(network.training, network.inference);
}
