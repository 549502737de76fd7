import { nodeAt, type NodeId, type ShapedNode } from "../../ir/graph.ts";
import { asMap } from "../../ir/shape.ts";
import { receptiveFields } from "../../analysis/receptive-field.ts";
import { familyOf } from "../families.ts";
import { shortCount } from "../short-count.ts";
import { smallestFields } from "../smallest-fields.ts";
import type { NetworkContext } from "../network-context.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { statementPlace } from "../trace-places.ts";
import { counted } from "../../text/counted.ts";

/** Layers after the border layer are reported from this share of the multiply-adds on. */
const least = 0.1;

/** Reports layers that already see the whole image, and a last map that sees too little of it. */
export const receptiveField: NetworkRule = {
  id: "receptive-field",
  over: "network",
  category: "efficiency",
  severity: "info",
  summary: "Spatial layers after the border layer, or a last field smaller than the image",
  why: "Once the smallest receptive field covers the whole image, further windows find nothing new in it. Richter et al. show that layers after that border do not add to accuracy; they can be left out, or an earlier stride can be used. They are reported if they cost a tenth of the multiply-adds or more. The opposite is reported as well: if even the last map sees less than the image, the average mixes patches that know nothing of each other. This needs eight spatial layers or more. Families at the sizes that they were published with are exempt.",
  source: "Richter et al. 2021, arXiv 2106.12307; Araujo, Norris and Sim 2019.",
  bad: `network N {\n  input image [8, 8, 3]\n  conv 3x3 16 stride=2 padding=same act=relu\n  conv 3x3 16 act=relu\n  conv 3x3 16 act=relu\n  conv 3x3 16 act=relu\n  pool avg\n}\n`,
  good: `network N {\n  input image [8, 8, 3]\n  conv 3x3 16 stride=2 padding=same act=relu\n  conv 3x3 16 act=relu\n  conv 1x1 16 act=relu\n  pool avg\n}\n`,
  near: `// The values that the last conv reads see 7 of 8 rows and columns.
network N {
  input image [8, 8, 3]
  conv 3x3 16 stride=2 padding=same act=relu
  conv 3x3 16 act=relu
  conv 3x3 16 act=relu
  pool avg
}
`,
  check(context) {
    const { graph } = context;
    const [height = 0, width = 0] = graph.input.shape;
    if (familyOf(graph.family).sizes?.includes(height) === true) return [];
    const smallest = smallestFields(graph, context.strides);
    return [...layersAfterBorder(context, smallest, height, width), ...blindEnd(context, smallest, height, width)];
  },
};

type Fields = ReadonlyMap<NodeId, readonly [number, number]>;

function layersAfterBorder(context: NetworkContext, fields: Fields, height: number, width: number): readonly Finding[] {
  const { graph, index, counts } = context;
  const idle = graph.nodes.filter((node) => {
    if (node.op !== "conv" && node.op !== "depthwise") return false;
    const [input] = node.inputs;
    const map = input === undefined ? null : asMap(nodeAt(index, input).shape);
    // On one pixel a window is a matrix, as heads have it.
    if (input === undefined || map === null || map.h * map.w === 1 || Math.max(...node.kernel) === 1) return false;
    const [rows, columns] = fields.get(input) ?? [1, 1];
    return rows >= height && columns >= width;
  });
  const [first] = idle;
  const macs = idle.reduce((sum, node) => sum + (counts.get(node.id)?.macs ?? 0), 0);
  const share = macs / Math.max(1, context.macs);
  if (first === undefined || share < least) return [];
  const [input = -1] = first.inputs;
  return [
    {
      span: statementPlace(context, first),
      message: `The values that "${first.path}" reads see at least ${(fields.get(input) ?? [0, 0]).join("x")} pixels each, and the image has ${height}x${width}: ${count(idle)} from here ${idle.length === 1 ? "finds" : "find"} nothing new, for ${shortCount(macs)} multiply-adds, ${Math.round(share * 100)} % of all.`,
      hint: "Use a larger image, fewer strides before, or fewer layers from here on.",
    },
  ];
}

function count(layers: readonly ShapedNode[]): string {
  return counted(layers.length, "spatial layer");
}

/** A network with fewer spatial layers is a sketch, or works on patches by design. */
const leastLayers = 8;

/** Reports a last map, before a global average, whose pixels each see less than the image. */
function blindEnd(context: NetworkContext, smallest: Fields, height: number, width: number): readonly Finding[] {
  const { graph, index } = context;
  const pool = graph.nodes.findLast((node) => node.op === "global_pool");
  const [input] = pool?.inputs ?? [];
  if (input === undefined) return [];
  const least = smallest.get(input) ?? [1, 1];
  if (least[0] >= height && least[1] >= width) return [];
  const last = nodeAt(index, input);
  const map = asMap(last.shape);
  const [rows, columns] = receptiveFields(graph).get(input) ?? [1, 1];
  // The average of a gate stands in the middle of a network.
  if (map === null || map.h * map.w === 1 || (rows >= height && columns >= width) || !endsIn(context, pool)) return [];
  const spatial = context.steps.filter(({ node }) => node.op !== "dense" && Math.max(...node.kernel) > 1);
  if (spatial.length < leastLayers) return [];
  return [
    {
      span: statementPlace(context, last),
      message: `A pixel of the last map sees ${rows}x${columns} pixels, and the image has ${height}x${width}.`,
      hint: "Add layers or strides, or use a smaller image.",
    },
  ];
}

/** True if the average leads to the output and to nothing else. */
function endsIn({ uses, graph }: NetworkContext, pool: ShapedNode | undefined): boolean {
  const outputs = new Set(graph.outputs.map(({ node }) => node));
  let node = pool;
  while (node !== undefined) {
    if (outputs.has(node.id)) return true;
    const [reader, ...others] = uses.get(node.id) ?? [];
    if (others.length > 0 || reader?.op === "mul") return false;
    node = reader;
  }
  return false;
}
