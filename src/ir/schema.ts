import * as z from "zod";
import { residualModes, type LoweredGraph, type ShapedGraph } from "./graph.ts";
import { opDefinitions } from "./op.ts";
import { verifyGraph } from "./verify.ts";
import { padsSchema } from "./window.ts";

const id = z.int().min(0);
const blockIndex = z.int().min(0).nullable();
const path = z.string().min(1);
const shape = z.array(z.int().min(1)).min(1).readonly();
const span = z.strictObject({ file: z.string(), start: z.int().min(0), end: z.int().min(0) });
const operator = z.enum(["==", "!=", "<", "<=", ">", ">="]);

const nodeFields = { id, path, layer: path, block: blockIndex, inputs: z.array(id).readonly(), span };

/**
 * Adds the fields of every node to each op's schema. `extra` gives further fields, and is told whether the op has a
 * sliding window.
 */
function nodeSchema(extra: (windowed: boolean) => z.ZodRawShape) {
  const members = Object.values(opDefinitions).map(({ schema }) => {
    if (!(schema instanceof z.ZodObject)) throw new Error("internal: an op's schema is not an object");
    return schema.extend({ ...nodeFields, ...extra("padding" in schema.shape) });
  });
  const [first, ...rest] = members;
  if (first === undefined) throw new Error("internal: no ops");
  return z.discriminatedUnion("op", [first, ...rest]);
}

const blockSchema = z.strictObject({
  path,
  kind: z.string().min(1),
  parent: blockIndex,
  input: id,
  output: id,
  stride: z
    .tuple([z.int().min(1), z.int().min(1)])
    .readonly()
    .nullable(),
  residual: z.enum(residualModes),
  decision: z.strictObject({ inserted: z.boolean(), reason: z.string() }).nullable(),
  span,
});

const assertFields = { operator, why: z.string().nullable(), span };
const assertSchema = z.discriminatedUnion("subject", [
  z.strictObject({ subject: z.enum(["params", "macs", "memory"]), bound: z.number(), ...assertFields }),
  z.strictObject({ subject: z.literal("shape"), path, node: id, block: blockIndex, bound: shape, ...assertFields }),
]);

function schemaOf<N extends z.ZodType>(node: N) {
  return z.strictObject({
    name: z.string().min(1),
    doc: z.string().nullable(),
    family: z.string().nullable(),
    labels: z.array(z.string()).readonly().nullable(),
    input: z.strictObject({
      name: z.string().min(1),
      shape,
      normalization: z
        .strictObject({ mean: z.array(z.number()).readonly(), std: z.array(z.number()).readonly() })
        .nullable(),
    }),
    params: z.record(z.string(), z.union([z.number(), z.boolean(), z.string()])),
    nodes: z.array(node).min(1).readonly(),
    blocks: z.array(blockSchema).readonly(),
    outputs: z
      .array(z.strictObject({ name: z.string().min(1), path, node: id, block: blockIndex }))
      .min(1)
      .readonly(),
    asserts: z.array(assertSchema).readonly(),
    span,
  });
}

/** A graph before `infer-shapes`. */
export const loweredGraphSchema = schemaOf(nodeSchema(() => ({})));

/** A graph after `infer-shapes`: every node has its shape, and its pads where a window slides. */
export const shapedGraphSchema = schemaOf(
  nodeSchema((windowed) => ({ shape, ...(windowed ? { pads: padsSchema } : {}) })),
);

/** A graph at any stage: shapes and pads may be there or not. */
export const graphSchema = schemaOf(
  nodeSchema((windowed) => ({ shape: shape.optional(), ...(windowed ? { pads: padsSchema.optional() } : {}) })),
);

/** A graph, or all problems of data that is not a valid graph. */
export type ParsedGraph =
  | { readonly graph: LoweredGraph | ShapedGraph; readonly problems: readonly [] }
  | { readonly graph: null; readonly problems: readonly string[] };

/**
 * Reads a graph from parsed JSON. The schema checks its form (the shaped form if the first node has a shape), and then
 * the verifier checks its content.
 */
export function parseGraph(json: unknown): ParsedGraph {
  const schema = looksShaped(json) ? shapedGraphSchema : loweredGraphSchema;
  const result = schema.safeParse(json);
  if (!result.success) return { graph: null, problems: result.error.issues.map(describeIssue) };
  // The schema is built from the table that the node types are inferred from. TypeScript cannot infer this connection.
  const graph = result.data as unknown as LoweredGraph | ShapedGraph;
  const problems = verifyGraph(graph);
  return problems.length > 0 ? { graph: null, problems } : { graph, problems: [] };
}

function looksShaped(json: unknown): boolean {
  const probe = z.object({ nodes: z.tuple([z.object({ shape: z.unknown() })], z.unknown()) }).safeParse(json);
  return probe.success && probe.data.nodes[0].shape !== undefined;
}

/** `nodes[3].filters: Invalid input: expected number, received string` */
function describeIssue(issue: z.core.$ZodIssue): string {
  const where = issue.path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
  const what =
    issue.code === "invalid_union" && issue.errors.length === 0
      ? "Unknown name: expected one that the schema lists"
      : issue.message;
  return where === "" ? what : `${where}: ${what}`;
}

/** Returns the JSON Schema (2020-12) of `graphSchema`. Parts that are used more than once are under `$defs`. */
export function irJsonSchema(): object {
  return z.toJSONSchema(graphSchema, { reused: "ref" });
}
