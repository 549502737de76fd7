import type { Fix } from "../../diagnostics/diagnostic.ts";
import type { ShapedNode } from "../../ir/graph.ts";
import { syntaxOf } from "../file-context.ts";
import { swapStatements } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import type { NetworkRule } from "../rule.ts";
import { groupByPlace, layerOf, statementPlace } from "../trace-places.ts";

/** Reports dropout before a batch norm, before a pool or inside a residual block. */
export const dropoutPlacement: NetworkRule = {
  id: "dropout-placement",
  over: "network",
  category: "style",
  severity: "warning",
  summary: "Dropout before batch norm, before a pool or inside a residual block",
  why: "In training, batch norm measures a variance that dropout has raised; in use there is no dropout, and the answers shift. Before a pool, the average undoes the dropping. Inside a residual block, dropout removes parts of a sum whose other side is whole; networks of this kind drop whole paths instead. Dropout belongs between the last pool and the classifier.",
  source:
    'Li et al. 2018, "Understanding the disharmony between dropout and batch normalization"; NeuraLint rules 6 and 18.',
  bad: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 norm=batch act=relu\n  dropout 0.2\n  pool avg\n  flatten\n  dense 10\n}\n`,
  good: `network N {\n  input image [32, 32, 3]\n  conv 3x3 16 norm=batch act=relu\n  pool avg\n  dropout 0.2\n  flatten\n  dense 10\n}\n`,
  near: `// No norm, pool or sum follows the dropout.
network N {
  input image [32, 32, 3]
  conv 3x3 16 norm=batch act=relu
  pool avg
  flatten
  dense 64 act=relu
  dropout 0.2
  dense 10
}
`,
  check(context) {
    const misplaced = context.graph.nodes.flatMap((node) => {
      const reason = node.op === "dropout" && node.sample !== true ? reasonOf(context, node) : null;
      return reason === null ? [] : [{ node, reason }];
    });
    return groupByPlace(misplaced, ({ node }) => statementPlace(context, node)).map(
      ([span, [{ node, reason }, ...others]]) => {
        const fix = fixOf(context, node);
        return {
          span,
          message: `"${node.path}" drops values ${reason}${others.length === 0 ? "" : `, and so do ${others.length} more`}.`,
          hint: "Move it between the last pool and the classifier.",
          ...(fix === null ? {} : { fix }),
        };
      },
    );
  },
};

function reasonOf(context: NetworkContext, node: ShapedNode): string | null {
  const [reader, ...others] = context.uses.get(node.id) ?? [];
  if (reader !== undefined && others.length === 0) {
    if (reader.op === "pool" || reader.op === "global_pool") {
      return `before "${reader.path}", which ${reader.mode === "avg" ? "averages the gaps away" : "takes the maximum over the gaps"}`;
    }
    const norm = reader.op === "batch_norm" ? reader : context.stepAt.get(reader.id)?.norm;
    if (norm != null) return `before the batch norm "${norm.path}", which then measures another variance than in use`;
  }
  for (let at = node.block; at !== null; at = context.graph.blocks[at]?.parent ?? null) {
    const block = context.graph.blocks[at];
    if (block?.decision?.inserted === true) return `inside the residual block "${block.path}"`;
  }
  return null;
}

/** Returns a fix that swaps the dropout with the pool; null if the pool is not the next statement. */
function fixOf(context: NetworkContext, node: ShapedNode): Fix | null {
  const layer = layerOf(context, node);
  const [reader] = context.uses.get(node.id) ?? [];
  if (layer === null || layer.scope.file.fromLibrary || (reader?.op !== "global_pool" && reader?.op !== "pool"))
    return null;
  const { file } = layer.scope;
  const body = syntaxOf(file).bodies.get(layer.statement) ?? [];
  const next = body[body.indexOf(layer.statement) + 1];
  const pool = layerOf(context, reader)?.statement;
  if (next === undefined || next !== pool || layer.statement.doc !== null || pool.doc !== null) return null;
  return {
    message: "Move it after the pool",
    edits: swapStatements(file, layer.statement, pool),
    safety: "suggestion",
  };
}
