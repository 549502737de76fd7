import type { Fix } from "../../diagnostics/diagnostic.ts";
import { nodeAt } from "../../ir/graph.ts";
import { sameShape } from "../../ir/shape.ts";
import { blockRows, type BlockRow } from "../block-rows.ts";
import { deleteAttribute, replace } from "../edits.ts";
import type { NetworkContext } from "../network-context.ts";
import { originOf, type Origin } from "../origin.ts";
import type { Finding, NetworkRule } from "../rule.ts";
import { originPlace } from "../trace-places.ts";

/** Reports a residual= that has no effect. */
export const residualNotInserted: NetworkRule = {
  id: "residual-not-inserted",
  over: "network",
  unanimous: true,
  category: "correctness",
  severity: "info",
  summary: "A residual that is asked for and not built, or refused although none is possible",
  why: "A residual needs stride 1, equal channels and an unchanged map. A row that asks for one and has a stride gets none, and a row that cannot have one refuses nothing. The next reader believes the word. Rows whose channels come through a function are exempt, because the word may matter at another width.",
  source: "timm's skip and noskip; torchvision's use_res_connect.",
  bad: `network N {\n  input image [32, 32, 16]\n  default conv norm=batch act=relu6\n  default depthwise norm=batch act=relu6 padding=same\n  bottleneck {\n    | t |  c | s | residual |\n    | 6 | 24 | 2 |     auto |\n    | 6 | 24 | 1 |          |\n  }\n  pool avg\n}\n`,
  good: `network N {\n  input image [32, 32, 16]\n  default conv norm=batch act=relu6\n  default depthwise norm=batch act=relu6 padding=same\n  bottleneck {\n    | t |  c | s |\n    | 6 | 24 | 2 |\n    | 6 | 24 | 1 |\n  }\n  pool avg\n}\n`,
  near: `// The word before the brace is for all rows, and the second row gets a residual.
network N {
  input image [32, 32, 16]
  default conv norm=batch act=relu6
  default depthwise norm=batch act=relu6 padding=same
  bottleneck residual=auto {
    | t |  c | s |
    | 6 | 24 | 2 |
    | 6 | 24 | 1 |
  }
  pool avg
}
`,
  check(context) {
    return blockRows(context).flatMap((row): readonly Finding[] => {
      const argument = row.use.args.get("residual");
      const [first] = row.instances;
      // A word before the brace is for all rows, so no single row is judged by it.
      if (argument === undefined || !isOwn(row)) return [];
      const origin = originOf(context.trace, argument);
      const fix = fixOf(origin);
      const details = { span: originPlace(origin), ...(fix === null ? {} : { fix }) };
      if (first.residual !== "never") {
        if (row.instances.some(({ decision }) => decision?.inserted === true)) return [];
        return [
          {
            ...details,
            message: `"${first.path}" asks for a residual and gets none: ${first.decision?.reason ?? "no layers"}.`,
            hint: "Leave the word out, or give the row stride 1 and as many channels as come in.",
          },
        ];
      }
      if (row.instances.some((instance) => couldAdd(context, instance)) || dependsOnWidth(row)) return [];
      return [
        {
          ...details,
          message: `"${first.path}" refuses a residual that is not possible: its output has another shape than its input, or its stride is not 1.`,
          hint: "Leave the word out.",
        },
      ];
    });
  },
};

/** True if the word stands in a cell of the row, or on a statement that is a single use. */
function isOwn({ use }: BlockRow): boolean {
  return (
    use.row === null ||
    (use.statement.kind === "table" && use.statement.header.some(({ column }) => column.text === "residual"))
  );
}

function couldAdd({ index }: NetworkContext, { stride, input, output }: BlockRow["instances"][0]): boolean {
  return (
    stride !== null &&
    stride[0] === 1 &&
    stride[1] === 1 &&
    sameShape(nodeAt(index, input).shape, nodeAt(index, output).shape)
  );
}

function dependsOnWidth({ use }: BlockRow): boolean {
  if (use.statement.kind === "table" && use.statement.header.some(({ through }) => through !== null)) return true;
  return [...use.args.values()].some(
    ({ expression }) => expression.kind === "call" || (expression.kind === "reference" && expression.name !== "never"),
  );
}

function fixOf({ holder, scope, expression }: Origin): Fix | null {
  if (scope.file.fromLibrary) return null;
  const message = "Leave the word out";
  if (holder?.kind === "cell") return { message, edits: [replace(expression.span, "")], safety: "safe" };
  return holder?.kind === "attribute" && holder.owner.kind === "call-statement"
    ? { message, edits: [deleteAttribute(scope.file, holder.attribute)], safety: "safe" }
    : null;
}
