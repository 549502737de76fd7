import { xmlLines, xmlText } from "../diagnostics/xml-text.ts";
import { counted } from "../text/counted.ts";
import { grouped } from "../text/grouped.ts";
import type { GeneratedText, ReportData } from "./report-data.ts";

/** Shows each file as a folded element with its path as the title. */
export function sourceSection({ tfjs, plan }: ReportData): string {
  const { kernels, extras } = plan ?? { kernels: [], extras: [] };
  return [
    "<h3>tf.js</h3>",
    ...tfjs.map((file, i) => sourceItem(file, `tfjs-${i}`, "")),
    ...(kernels.length === 0 ? [] : [`<h3>WebGPU: ${counted(kernels.length, "kernel", grouped)}</h3>`]),
    ...kernels.map((file, i) => sourceItem(file, kernelId(i), `${i + 1}. `)),
    ...(extras.length === 0 ? [] : ["<h3>WebGPU: for pictures and ranking</h3>"]),
    ...extras.map((file, i) => sourceItem(file, `extra-${i + 1}`, "")),
  ].join("\n");
}

/** Returns the anchor of a kernel on the page. A link to it unfolds the kernel. */
export function kernelId(index: number): string {
  return `kernel-${index + 1}`;
}

function sourceItem({ path, text }: GeneratedText, id: string, number: string): string {
  const lines = text.trimEnd().split("\n").length;
  return [
    `<details class="source"><summary>${number}<code>${xmlText(path)}</code> <span class="faint">${counted(lines, "line", grouped)}</span></summary>`,
    `<pre id="${id}" tabindex="0" role="group" aria-label="${xmlText(path)}"><code>${xmlLines(text)}</code></pre></details>`,
  ].join("");
}
