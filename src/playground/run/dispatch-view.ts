import { duration } from "../../text/duration.ts";
import { percent } from "../../text/percent.ts";
import {
  type DispatchRow,
  dispatchRows,
  type Grouping,
  groupings,
  type Order,
  orders,
  type TimedDispatch,
} from "./dispatch-rows.ts";
import { element } from "../dom/element.ts";
import { dataTable } from "../views/data-table.ts";
import { measured } from "./measured.ts";
import type { SpecLine } from "../compiler/run-host.ts";

const groupingNames: Readonly<Record<Grouping, string>> = { dispatch: "each dispatch", line: "each line of the spec" };
const orderNames: Readonly<Record<Order, string>> = { run: "in order of execution", time: "slowest first" };

/** Shows the time of each dispatch or of each line: a table with a bar in each row. */
export function dispatchView(dispatches: readonly TimedDispatch[], lines: ReadonlyMap<string, SpecLine>): HTMLElement {
  const grouping = choice("Show", groupings, groupingNames);
  const order = choice("Order", orders, orderNames);
  const place = element("div");
  const total = dispatches.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const draw = () => {
    const chosen = { grouping: grouping.value(), order: order.value() };
    const caption = `${duration(total)} in ${dispatches.length} dispatches, each timed separately`;
    const rows = dispatchRows(dispatches, lines, chosen);
    const most = Math.max(...rows.map(({ share }) => share));
    place.replaceChildren(
      dataTable(
        caption,
        [
          { title: "Line" },
          { title: "Spec" },
          { title: "Time", align: "right" },
          { title: "Share" },
          { title: "Kernel" },
        ],
        rows.map((row) => cellsOf(row, most)),
      ),
    );
  };
  grouping.element.addEventListener("change", draw);
  order.element.addEventListener("change", draw);
  draw();
  return element("div", {}, element("div", { class: "run-choices" }, grouping.element, order.element), place);
}

/** Returns the cells of a row. The lengths of bars are relative to the longest bar, whose share is `most`. */
function cellsOf(
  { lines, layers, kernels, milliseconds, share }: DispatchRow,
  most: number,
): readonly (Node | string)[] {
  const shownLayers =
    layers.length > 4 ? `${layers.slice(0, 3).join(", ")} and ${layers.length - 3} more` : layers.join(", ");
  const spec = element(
    "span",
    {},
    element("code", {}, lines.map(({ text }) => text).join("  ")),
    element("small", { title: layers.join(", ") }, shownLayers),
  );
  const where = lines.length === 0 ? "–" : lines.map(({ line }) => line).join(", ");
  const names = kernels.length === 1 ? (kernels[0] ?? "") : `${kernels.length} kernels`;
  const part = measured(percent(share), most > 0 ? share / most : 0);
  return [where, spec, duration(milliseconds), part, element("span", { title: kernels.join(", ") }, names)];
}

function choice<T extends string>(label: string, values: readonly T[], names: Readonly<Record<T, string>>) {
  const select = element("select", {}, ...values.map((value) => element("option", { value }, names[value])));
  const value = () => values.find((candidate) => candidate === select.value) ?? values[0]!;
  return { element: element("label", {}, `${label} `, select), value };
}
