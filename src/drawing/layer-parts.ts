import type { LayerGroup } from "../analysis/group-layers.ts";
import { formatActivation } from "../ir/activation.ts";
import { opLabel } from "../ir/op.ts";

/**
 * Returns a layer in the words of a spec: one text each for its op, norm and activation, such as `conv 3x3 32
 * stride=2`.
 */
export function layerParts({ nodes }: LayerGroup): readonly string[] {
  return nodes.flatMap((node) => {
    const carried = "activation" in node && node.op !== "activation" ? node.activation : null;
    return carried === null ? [opLabel(node)] : [opLabel(node), formatActivation(carried)];
  });
}
