import type { Timing } from "../../bench/timing.ts";
import { duration } from "../../text/duration.ts";
import type { Outputs } from "../../running/runner.ts";
import { describeOutputs } from "./describe-outputs.ts";
import { element } from "../dom/element.ts";
import { dataTable } from "../views/data-table.ts";
import { factList } from "../views/fact-list.ts";
import { measured } from "./measured.ts";
import type { RunBuild } from "../compiler/run-host.ts";

/** Shows each output as a table of its largest values and a summary of all values in words. */
export function outputsView(outputs: Outputs, { labels, weights }: RunBuild): HTMLElement {
  const views = describeOutputs(outputs, labels);
  const best = views.length === 1 ? views[0]?.top[0] : undefined;
  const parts = views.flatMap(({ name, top, summary, notFinite }) => [
    dataTable(
      `${name}: ${top.length === 1 ? "its value" : `the ${top.length} largest of ${summary}`}`,
      [{ title: "Class" }, { title: "Value" }],
      top.map(({ label, value, share }) => [label, measured(value, share)]),
    ),
    ...(notFinite > 0
      ? [element("p", { class: "run-warning" }, `${notFinite} values of "${name}" are not finite numbers.`)]
      : []),
  ]);
  const trained =
    weights === "seed"
      ? [
          element(
            "p",
            { class: "run-warning" },
            "The weights are random, so the classes mean nothing. The times are real.",
          ),
        ]
      : [];
  const headline = best === undefined ? [] : [element("p", { class: "run-best" }, `${best.label} (${best.value})`)];
  return element("div", {}, ...headline, ...trained, ...parts);
}

/** Shows the time of each step of a run. */
export function timesView(rows: readonly (readonly [string, number | Timing])[]): HTMLElement {
  return factList(
    rows.map(([name, time]) => [
      name,
      typeof time === "number" ? duration(time) : `${duration(time.median)}, median of ${time.runs} runs`,
    ]),
  );
}
