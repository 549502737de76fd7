import type { Point, Stroke } from "./digit-strokes.ts";
import { element } from "../dom/element.ts";

/** The side of the drawing area in pixels. */
export const PAPER = 280;
const PEN = 18;

export interface DigitPad {
  readonly element: HTMLElement;
  readonly clear: () => void;
}

/**
 * Returns an area on which a digit is drawn with mouse, pen or finger. `onDrawn` is called with all strokes after each
 * stroke.
 */
export function createDigitPad(onDrawn: (strokes: readonly Stroke[]) => void): DigitPad {
  const canvas = element("canvas", {
    class: "run-pad",
    width: String(PAPER),
    height: String(PAPER),
    role: "img",
    "aria-label":
      "An area to draw a digit on with mouse, pen or finger. From the keyboard, choose one of the handwritten digits instead.",
  });
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("This browser has no canvas to draw on.");
  const strokes: Point[][] = [];
  let drawing: Point[] | null = null;

  const pointOf = (event: PointerEvent): Point => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    return { x: ((event.clientX - left) * PAPER) / width, y: ((event.clientY - top) * PAPER) / height };
  };
  const paper = () => {
    context.fillStyle = "#000";
    context.fillRect(0, 0, PAPER, PAPER);
  };
  const draw = (from: Point, to: Point) => {
    context.strokeStyle = "#fff";
    context.lineWidth = PEN;
    context.lineCap = "round";
    context.beginPath();
    context.moveTo(from.x, from.y);
    context.lineTo(to.x, to.y);
    context.stroke();
  };
  const lift = () => {
    if (drawing === null) return;
    drawing = null;
    onDrawn(strokes.map((stroke) => [...stroke]));
  };

  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || drawing !== null) return;
    canvas.setPointerCapture(event.pointerId);
    const point = pointOf(event);
    drawing = [point];
    strokes.push(drawing);
    draw(point, point);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (drawing === null) return;
    const point = pointOf(event);
    draw(drawing.at(-1) ?? point, point);
    drawing.push(point);
  });
  canvas.addEventListener("pointerup", lift);
  canvas.addEventListener("pointercancel", lift);
  paper();
  return {
    element: canvas,
    clear() {
      drawing = null;
      strokes.length = 0;
      paper();
    },
  };
}
