import type { LayerGroup } from "../analysis/group-layers.ts";
import { formatActivation } from "../ir/activation.ts";
import type { ShapedNode } from "../ir/graph.ts";
import type { Pads, Pair } from "../ir/window.ts";

/**
 * Returns a layer in the words of a spec: one text each for its op, norm and activation, such as `conv 3x3 32
 * stride=2`.
 */
export function layerParts({ nodes }: LayerGroup): readonly string[] {
  return nodes.flatMap((node) => {
    const carried = "activation" in node && node.op !== "activation" ? node.activation : null;
    return carried === null ? [nodeText(node)] : [nodeText(node), formatActivation(carried)];
  });
}

function nodeText(node: ShapedNode): string {
  switch (node.op) {
    case "conv":
      return words(
        "conv",
        size(node.kernel),
        node.filters,
        ...window(node),
        node.groups > 1 && `groups=${node.groups}`,
      );
    case "conv_transpose":
      return words(
        "conv transpose",
        size(node.kernel),
        node.filters,
        ...window(node),
        node.groups > 1 && `groups=${node.groups}`,
      );
    case "depthwise":
      return words(
        "depthwise",
        size(node.kernel),
        ...window(node),
        node.multiplier > 1 && `multiplier=${node.multiplier}`,
      );
    case "dense":
      return words("dense", node.units);
    case "pool":
      return words(
        "pool",
        node.mode,
        size(node.kernel),
        ...window(node),
        node.countPadding && "count_padding",
        node.ceil && "ceil",
      );
    case "adaptive_pool":
      return words("adaptive pool", node.mode, size(node.size));
    case "global_pool":
      return words("pool", node.mode, "global");
    case "batch_norm":
      return "batch norm";
    case "sample_norm":
      return words(node.kind === "rms" ? "RMS" : node.kind, "norm", node.kind === "group" && `groups=${node.groups}`);
    case "response_norm":
      return "response norm";
    case "scale":
      return words("scale", node.factor ?? "learned");
    case "shift":
      return words("shift", node.amount ?? "learned");
    case "activation":
      return formatActivation(node.activation);
    case "prelu":
      return "prelu";
    case "dropout":
      return words(node.sample === true ? "drop path" : "dropout", node.rate);
    case "slice":
      return words("slice", node.from, node.to);
    case "shuffle":
      return words("shuffle", node.groups);
    case "resize": {
      const place = node.coordinates !== "half_pixel" && node.coordinates;
      if ("factor" in node.to) return words("upsample", size(node.to.factor), node.mode, place);
      return words("resize", size(node.to.size), node.mode, place);
    }
    case "depth_to_space":
      return words("depth to space", node.blockSize);
    case "space_to_depth":
      return words("space to depth", node.blockSize);
    case "pad": {
      const channels = node.channels.some((count) => count > 0) && `channels=[${node.channels.join(", ")}]`;
      return words("pad", around(node.margins), node.mode !== "constant" && node.mode, channels);
    }
    case "crop":
      return words("crop", around(node.margins));
    case "reshape":
      return words("reshape", node.extents.join("x"));
    case "permute":
      return words("permute", node.order);
    case "input":
    case "flatten":
    case "squeeze":
    case "add":
    case "sub":
    case "mul":
    case "concat":
      return node.op;
  }
}

function words(...parts: readonly (string | number | false)[]): string {
  return parts.filter((part) => part !== false).join(" ");
}

function size([vertical, horizontal]: Pair): string {
  return `${vertical}x${horizontal}`;
}

/** Rows and columns on each side: nothing, one number, or four. */
function around(margins: Pads): string | number | false {
  const [top] = margins;
  if (margins.some((margin) => margin !== top)) return `[${margins.join(", ")}]`;
  return top > 0 && top;
}

function window({ stride, dilation }: { readonly stride: Pair; readonly dilation: Pair }): readonly (string | false)[] {
  return [perAxis("stride", stride), perAxis("dilation", dilation)];
}

function perAxis(name: string, [vertical, horizontal]: Pair): string | false {
  if (vertical === 1 && horizontal === 1) return false;
  return vertical === horizontal ? `${name}=${vertical}` : `${name}=[${vertical}, ${horizontal}]`;
}
