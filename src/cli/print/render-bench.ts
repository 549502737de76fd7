import type { ContenderName } from "../../bench/contender-names.ts";
import type { ContenderReport } from "../../bench/compare-contenders.ts";
import { printable } from "../../diagnostics/printable.ts";
import { duration } from "../../text/duration.ts";
import { percent } from "../../text/percent.ts";
import { alignColumns } from "./align-columns.ts";

interface Circumstances {
  readonly network: string;
  readonly host: string;
  readonly adapter: string;
  readonly isSoftware: boolean;
  readonly load: number;
}

/** The time of one dispatch of the plan, run alone. */
export interface ProfiledDispatch {
  readonly index: number;
  readonly layers: readonly string[];
  readonly kernel: string;
  readonly workgroups: readonly number[];
  readonly microseconds: number;
  readonly repeats: number;
}

const titles: Readonly<Record<ContenderName, string>> = {
  mnet: "mnet",
  "tfjs-layers": "tf.js, layers model",
  "tfjs-graph": "tf.js, graph model",
  "onnxruntime-web": "onnxruntime-web",
};

function heading({ network, host, adapter, isSoftware, load }: Circumstances): string {
  const software = isSoftware ? " (a CPU plays the GPU)" : "";
  return printable(`${network} on ${adapter}${software}, ${host}, load ${load.toFixed(1)} at the start`);
}

/** Writes the times of all contenders as a table for people. */
export function renderComparison(around: Circumstances, reports: readonly ContenderReport[]): string {
  const rows = reports.flatMap((report) => {
    if (report.status !== "ran") return [];
    const { name, first, steady, ratio } = report;
    const times = (share: number) => (name === "mnet" ? "" : `${share.toFixed(2)} times`);
    return [
      [
        titles[name],
        duration(first),
        times(ratio.first),
        duration(steady.median),
        times(ratio.steady),
        `${duration(steady.fastest)} of ${steady.runs}`,
      ],
    ];
  });
  const header = ["", "first run", "", "median", "", "fastest"];
  const others = reports.flatMap((report) => {
    if (report.status === "ran") return [];
    const what = report.status === "skipped" ? "skipped" : "computes something else than mnet";
    return [`${titles[report.name]}: ${what}, ${report.reason}`];
  });
  const table = alignColumns([header, ...rows], ["left", "right", "right", "right", "right", "right"]);
  return [heading(around), "", table, ...(others.length > 0 ? ["", ...others.map(printable)] : [])].join("\n");
}

/** Writes the times of all dispatches as a table for people. */
export function renderProfile(around: Circumstances, dispatches: readonly ProfiledDispatch[]): string {
  const total = dispatches.reduce((sum, { microseconds }) => sum + microseconds, 0);
  const rows = dispatches.map(({ index, layers, kernel, workgroups, microseconds }) => [
    String(index),
    duration(microseconds / 1000),
    percent(microseconds / total),
    workgroups.join("x"),
    kernel.replace(/^kernels\/|\.wgsl$/g, ""),
    printable(layers.join(" + ")),
  ]);
  const table = alignColumns(
    [["", "time", "share", "workgroups", "kernel", "layers"], ...rows],
    ["right", "right", "right", "right", "left", "left"],
  );
  return [heading(around), "", table, "", `${duration(total / 1000)} in ${dispatches.length} dispatches`].join("\n");
}
