import { duration } from "../../text/duration.ts";
import type { RunComparison } from "./compare-runs.ts";
import { element } from "../dom/element.ts";
import { dataTable } from "../views/data-table.ts";
import { measured } from "./measured.ts";

/**
 * Shows a comparison of two runs of the same network: medians with bars, their ratio, and the difference of the
 * outputs.
 */
export function comparisonView({ sides, ratio, difference, disagreement, sentence }: RunComparison): HTMLElement {
  const slowest = Math.max(...sides.map(({ median }) => median));
  const rows = sides.map(({ title, median, fastest, runs }, index) => [
    title,
    measured(duration(median), median / slowest),
    index === 0 ? "1" : ratio.toFixed(2),
    `${duration(fastest)} of ${runs}`,
  ]);
  const differs =
    disagreement === null
      ? `Their outputs differ by ${difference.absolute.toPrecision(2)} at most (${difference.relative.toExponential(1)} of the largest value).`
      : `Their outputs are not the same: ${disagreement}`;
  return element(
    "div",
    {},
    element("p", {}, sentence),
    dataTable(
      "Median time of alternating rounds",
      ["Program", "Median", "Times as long", "Fastest"].map((title) => ({ title })),
      rows,
    ),
    element("p", disagreement === null ? {} : { class: "run-warning" }, differs),
  );
}
