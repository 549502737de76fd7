import { summarize } from "../analysis/summary.ts";
import { formatShape } from "../ir/shape.ts";
import { grouped } from "../text/grouped.ts";
import type { DocumentState } from "./document-state.ts";
import { counted } from "../text/counted.ts";

/** Returns Markdown with the totals of a network or preset; null if it does not compile. */
export function describeNetwork({ inspection }: DocumentState, name: string): string | null {
  const structured = inspection.views.get(name)?.structured;
  if (structured == null) return null;
  const { input, output, params, macs, residuals, memory, layers, asserts } = summarize(structured.training);
  const lines = [
    `${formatShape(input)} → ${formatShape(output)}, ${counted(layers.length, "layer")}, ${counted(residuals, "residual")}`,
    `${grouped(params.trainable)} trainable parameters, ${grouped(params.total)} with batch-norm statistics, ${grouped(params.folded)} folded`,
    `${grouped(macs)} multiply-adds`,
    `${grouped(memory.peakBytes)} bytes of live activations${memory.peakAt === null ? "" : ` at \`${memory.peakAt}\``}`,
    ...asserts.map(({ subject, operator, bound, holds }) => {
      const limit = typeof bound === "number" ? grouped(bound) : formatShape(bound);
      return `${holds ? "holds" : "fails"}: ${subject} ${operator} ${limit}`;
    }),
  ];
  return lines.map((line) => `- ${line}`).join("\n");
}
