import { createDigitPad } from "./digit-pad.ts";
import { element } from "../dom/element.ts";
import { createPicturePicker } from "./picture-picker.ts";
import type { RunInput, SeenInput } from "./run-input.ts";

export interface InputChooser {
  readonly element: HTMLElement;
  /** Returns the chosen input, or null if none was chosen yet. */
  readonly choice: () => RunInput | null;
  /** Shows the picture that the network sees. */
  readonly show: (seen: SeenInput) => void;
}

/**
 * Returns the controls for choosing an input: a drawn digit, a handwritten digit, the built-in picture, or a picture
 * of the reader.
 */
export function createInputChooser(
  around: HTMLElement,
  onChange: () => void,
  onProblem: (sentence: string) => void,
): InputChooser {
  let choice: RunInput | null = null;
  const samples = Array.from({ length: 10 }, (_unused, label) =>
    element("button", { type: "button", "aria-pressed": "false", "aria-label": `Handwritten ${label}` }, String(label)),
  );
  const builtin = element("button", { type: "button", "aria-pressed": "false" }, "Built-in picture");
  const choose = (input: RunInput) => {
    choice = input;
    if (input.kind !== "drawn") pad.clear();
    samples.forEach((button, label) => {
      button.setAttribute("aria-pressed", String(input.kind === "sample" && input.label === label));
    });
    builtin.setAttribute("aria-pressed", String(input.kind === "builtin"));
    onChange();
  };
  const pad = createDigitPad((strokes) => choose({ kind: "drawn", strokes }));
  const clear = element("button", { type: "button" }, "Clear the paper");
  clear.addEventListener("click", () => {
    pad.clear();
    if (choice?.kind === "drawn") choose({ kind: "drawn", strokes: [] });
  });
  samples.forEach((button, label) => button.addEventListener("click", () => choose({ kind: "sample", label })));
  builtin.addEventListener("click", () => choose({ kind: "builtin" }));
  const picker = createPicturePicker(around, (picture) => choose({ kind: "picture", picture }), onProblem);

  const preview = element("canvas", { class: "run-preview", role: "img", hidden: "" });
  const caption = element("figcaption", {});
  const show = ({ pixels, name }: SeenInput) => {
    const size = pixels === null ? "" : ` (${pixels.height} x ${pixels.width})`;
    caption.textContent = `The network sees ${name}${size}.`;
    preview.hidden = pixels === null;
    if (pixels === null) return;
    preview.width = pixels.width;
    preview.height = pixels.height;
    preview.setAttribute("aria-label", `What the network sees: ${name}`);
    preview.getContext("2d")?.putImageData(pixels, 0, 0);
  };
  const whole = element(
    "div",
    { class: "run-inputs" },
    element("fieldset", {}, element("legend", {}, "Draw a digit"), pad.element, clear),
    element(
      "fieldset",
      {},
      element("legend", {}, "Or choose"),
      element("div", { class: "run-samples", role: "group", "aria-label": "Handwritten digits" }, ...samples),
      builtin,
      picker,
    ),
    element("figure", {}, preview, caption),
  );
  return { element: whole, choice: () => choice, show };
}
