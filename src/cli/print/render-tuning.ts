import type { Tuning } from "../../bench/tune-network.ts";
import { printable } from "../../diagnostics/printable.ts";
import { alignColumns } from "./align-columns.ts";

/** Writes the choices of a tuning for people. */
export function renderTuning({ record, programs, timed }: Tuning): string {
  const { network, adapter, device, choices, totals } = record;
  const table = alignColumns(
    [
      ["step", "layers", "µs", "fusion", "variant"],
      ...choices.map(({ step, layers, microseconds, fusion, variant }) => [
        String(step),
        printable(layers.join(" + ")),
        microseconds.toFixed(1),
        fusion ?? "",
        variant,
      ]),
    ],
    ["right", "left", "right", "left", "left"],
  );
  const late = programs - timed;
  const compared =
    totals.costModel === null
      ? "some programs that the cost model chooses were not timed"
      : `${(totals.costModel / 1000).toFixed(2)} ms by the cost model, ${(totals.costModel / totals.tuned).toFixed(2)} times as much`;
  return [
    printable(
      `${network} on ${adapter.name}${adapter.isSoftware ? " (a CPU plays the GPU)" : ""}, device class ${device}`,
    ),
    "",
    table,
    "",
    `${(totals.tuned / 1000).toFixed(2)} ms in ${choices.length} dispatches, each timed alone; ${compared}`,
    `${timed} programs timed${late > 0 ? `; no time was left for ${late} more, so give more --seconds` : ""}`,
  ].join("\n");
}
