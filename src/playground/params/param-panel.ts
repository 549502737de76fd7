import { element } from "../dom/element.ts";
import type { ParamControl } from "../compiler/param-control.ts";

export interface ParamPanel {
  readonly element: HTMLElement;
  readonly show: (controls: readonly ParamControl[]) => void;
}

interface Row {
  readonly element: HTMLElement;
  /**
   * Identifies the control for which the row was made. The row is kept as long as this key is the same, so that a
   * slider can be dragged.
   */
  readonly shape: string;
  readonly update: (control: ParamControl) => void;
}

/** Returns a panel of sliders, choices and fields. `onSet` is called with null if a param is reset to its default. */
export function createParamPanel(onSet: (name: string, value: string | null) => void): ParamPanel {
  const list = element("div", { class: "param-rows" });
  const root = element("fieldset", { class: "params" }, element("legend", {}, "Params"), list);
  let rows: readonly Row[] = [];

  return {
    element: root,
    show(controls) {
      root.hidden = controls.length === 0;
      rows = controls.map((control, index) => {
        const known = rows[index];
        const row = known?.shape === shapeOf(control) ? known : createRow(control, onSet);
        row.update(control);
        return row;
      });
      if (rows.length !== list.children.length || rows.some((row, index) => list.children[index] !== row.element))
        list.replaceChildren(...rows.map((row) => row.element));
    },
  };
}

/** Returns as text all fields of a control except its value and its default. */
function shapeOf(control: ParamControl): string {
  return JSON.stringify({ ...control, value: null, fallback: null });
}

function createRow(control: ParamControl, onSet: (name: string, value: string | null) => void): Row {
  const { name, doc } = control;
  const id = `param-${name}`;
  const reset = element("button", { type: "button", class: "reset", "aria-label": `Reset ${name}` }, "reset");
  const inputs = inputsOf(control, id, (value) => onSet(name, value));
  reset.addEventListener("click", () => onSet(name, null));
  const label = element("label", { for: id, ...(doc !== null && { title: doc }) }, name);
  return {
    element: element("div", { class: "param" }, label, ...inputs.elements, reset),
    shape: shapeOf(control),
    update({ value, fallback }) {
      inputs.show(value);
      reset.classList.toggle("idle", value === fallback);
      reset.disabled = value === fallback;
    },
  };
}

interface Inputs {
  readonly elements: readonly HTMLElement[];
  readonly show: (value: string) => void;
}

function inputsOf(control: ParamControl, id: string, onInput: (value: string) => void): Inputs {
  switch (control.kind) {
    case "slider": {
      const range = { min: String(control.low), max: String(control.high), step: String(control.step) };
      const slider = element("input", { type: "range", id, ...range });
      const exact = element("input", { type: "number", "aria-label": `${control.name}, exact`, ...range, step: "any" });
      slider.addEventListener("input", () => onInput(slider.value));
      exact.addEventListener("change", () => onInput(exact.value === "" ? control.fallback : exact.value));
      return {
        elements: [slider, exact],
        show(value) {
          slider.value = value;
          exact.value = value;
        },
      };
    }
    case "choice": {
      const select = element("select", { id }, ...control.choices.map((choice) => element("option", {}, choice)));
      select.addEventListener("change", () => onInput(select.value));
      return { elements: [select], show: (value) => void (select.value = value) };
    }
    case "field": {
      const field = element("input", { id, type: control.numeric ? "number" : "text", step: "any" });
      field.addEventListener("change", () => onInput(field.value === "" ? control.fallback : field.value));
      return { elements: [field], show: (value) => void (field.value = value) };
    }
  }
}
