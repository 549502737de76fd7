import { layersOfRow } from "../../targets/webgpu/layers-of-row.ts";
import { counted } from "../../text/counted.ts";
import { grouped } from "../../text/grouped.ts";
import type { PlanView } from "../compiler/requests.ts";
import { element } from "../dom/element.ts";
import { codeBlock } from "./code-block.ts";
import { dataTable } from "./data-table.ts";
import { factList } from "./fact-list.ts";
import { brokenSpec, notice } from "./notice.ts";
import type { View } from "./view.ts";

/** Returns the tab of the WebGPU program: its dispatches with their estimates, and the text of its kernels. */
export function createPlanView(): View<"plan"> {
  const panel = element("section", { class: "panel" });
  const select = element("select", { id: "kernel" });
  const kernel = element("div");
  const plan = element("div");
  let shown: PlanView | null = null;
  let chosen = "";

  const showKernel = (): void => {
    const found = shown?.kernels.find(({ path }) => path === chosen) ?? shown?.kernels[0];
    if (found === undefined) return;
    chosen = found.path;
    select.value = chosen;
    kernel.replaceChildren(codeBlock(found.path, found.wgsl));
  };
  select.addEventListener("change", () => {
    chosen = select.value;
    showKernel();
  });
  const toKernel = (path: string): void => {
    chosen = path;
    showKernel();
    select.scrollIntoView({ block: "start" });
    select.focus();
  };

  return {
    id: "plan",
    label: "WebGPU",
    request: "plan",
    ask: null,
    panel,
    show(view) {
      shown = view;
      if (view === null) {
        panel.replaceChildren(notice(brokenSpec));
        return;
      }
      plan.replaceChildren(totals(view), dispatches(view, toKernel));
      select.replaceChildren(
        ...view.kernels.map(({ path }, index) => {
          const uses = view.kernelOf.filter((file) => file === index).length;
          return element("option", { value: path }, `${path} (${counted(uses, "dispatch")})`);
        }),
      );
      showKernel();
      panel.replaceChildren(
        plan,
        element("div", { class: "picker" }, element("label", { for: "kernel" }, "Kernel"), select),
        kernel,
      );
    },
  };
}

function totals({ report }: PlanView): HTMLElement {
  const { dispatches: rows, pipelines, totals: sums, memory, device } = report;
  const spared = rows.reduce((sum, { saves }) => sum + (saves?.dispatches ?? 0), 0);
  return factList([
    ["Dispatches", `${grouped(rows.length)}${spared === 0 ? "" : `, ${grouped(rows.length + spared)} without fusion`}`],
    ["Pipelines", grouped(pipelines)],
    ["Activations", `${grouped(memory.activationBytes)} bytes in ${String(memory.buffers.length)} buffers`],
    ["Weights", `${grouped(memory.weightBytes)} bytes`],
    ["Estimate", `${(sums.microseconds / 1000).toFixed(2)} ms on a ${device} device`],
  ]);
}

function dispatches({ report, kernels, kernelOf }: PlanView, toKernel: (path: string) => void): HTMLElement {
  const right = { align: "right" } as const;
  return dataTable(
    "Dispatches, estimated by the cost model",
    [
      { title: "layers" },
      { title: "kernel" },
      { title: "workgroups", ...right },
      { title: "bytes", ...right },
      { title: "multiply-adds", ...right },
      { title: "µs", ...right },
      { title: "because", prose: true },
    ],
    report.dispatches.map((row, index) => [
      layersOfRow(row),
      kernelButton(kernels[kernelOf[index] ?? 0]?.path ?? row.kernel, toKernel),
      row.workgroups.join("×"),
      grouped(row.bytes),
      grouped(row.macs),
      row.microseconds.toFixed(1),
      row.reason,
    ]),
  );
}

function kernelButton(path: string, toKernel: (path: string) => void): HTMLElement {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.wgsl$/, "");
  const button = element(
    "button",
    { type: "button", class: "link clip", title: name, "aria-label": `Show kernel ${name}` },
    name,
  );
  button.addEventListener("click", () => toKernel(path));
  return button;
}
