import { xmlText } from "../../diagnostics/xml-text.ts";
import { formatShape } from "../../ir/shape.ts";
import type { FoldItem, Item } from "../drawing.ts";
import { boxText, foldedResiduals, frameText, joinSign } from "../layout/box-text.ts";
import { foldSide, foldTop, headingBase, lineStep } from "../layout/measure-box.ts";
import type { Picture, PlacedBox, PlacedEdge, PlacedFrame, Point } from "../layout/picture.ts";
import type { BoxClass } from "./svg-style.ts";

/**
 * Returns the SVG elements of a picture, with the axis at x = 0. The order is outer frames, inner frames, edges,
 * boxes.
 */
export function svgPicture({ frames, edges, boxes }: Picture): string {
  const outerFirst = frames.toSorted((a, b) => b.width * b.height - a.width * a.height);
  return [...outerFirst.map(frame), ...edges.map(edge), ...edges.map(value), ...boxes.map(box)]
    .filter((part) => part !== "")
    .join("\n");
}

function frame({ item, x, y, width, height }: PlacedFrame): string {
  const { heading, lines } = frameText(item);
  return [
    `<g data-path="${xmlText(item.path)}"><title>${xmlText(description(item))}</title>`,
    `<rect class="frame" x="${px(x - width / 2)}" y="${px(y)}" width="${px(width)}" height="${px(height)}" rx="10"/>`,
    `<text class="title" x="${px(x - width / 2 + 12)}" y="${px(y + 18)}"><tspan class="name">${xmlText(heading)}</tspan> ${xmlText(lines.join(" "))}</text></g>`,
  ].join("");
}

function box({ item, x, y, width, height }: PlacedBox): string {
  const opening = `<g class="${boxClass(item)}" data-path="${xmlText(item.path)}"><title>${xmlText(description(item))}</title>`;
  const sign = item.kind === "layer" ? joinSign(item) : null;
  if (sign !== null) {
    const middle = y + height / 2;
    return `${opening}<circle cx="${px(x)}" cy="${px(middle)}" r="${px(height / 2)}"/>${text("sign", x, middle + 5.5, sign)}</g>`;
  }
  const { heading, lines } = boxText(item);
  const fold = item.kind === "fold";
  const top = fold ? y + foldTop : y;
  const size = { width: fold ? width - 2 * foldSide : width, height: fold ? height - foldTop : height };
  const rounding = item.kind === "layer" ? 6 : fold ? 8 : height / 2;
  const card = (shift: number): string =>
    `<rect x="${px(x - size.width / 2 + shift)}" y="${px(top - shift)}" width="${px(size.width)}" height="${px(size.height)}" rx="${px(rounding)}"/>`;
  const base = top + headingBase + (lines.length === 0 ? 1 : 2);
  return [
    opening,
    ...(fold ? [card(foldTop), card(foldTop / 2), foldArc(item, { x: x + size.width / 2, y: top }, size.height)] : []),
    card(0),
    text("name", x, base, heading),
    ...lines.map((line, i) => text("", x, base + (i + 1) * lineStep, line)),
    "</g>",
  ].join("");
}

/**
 * Draws the residual edge of a folded row at the right side of its box. The line is solid if all repeats have a
 * residual.
 */
function foldArc({ instances }: FoldItem, { x, y }: Point, height: number): string {
  const residuals = instances.filter(({ residual }) => residual).length;
  if (residuals === 0) return "";
  const some = residuals < instances.length ? " some" : "";
  const out = px(x + foldSide - 2);
  return `<path class="residual${some}" d="M${px(x + foldTop)} ${px(y + 6)}C${out} ${px(y + 6)} ${out} ${px(y + height - 8)} ${px(x + 6)} ${px(y + height - 8)}"/><path class="residual-tip" d="${tip({ x, y: y + height - 8 }, "left")}"/>`;
}

function boxClass(item: PlacedBox["item"]): BoxClass {
  return item.kind === "layer" ? item.work : item.kind === "fold" ? "fold" : "terminal";
}

/** Describes a box in words. Browsers show this text as a tooltip, and screen readers read it. */
export function description(item: Item): string {
  const counted = `${item.params} parameters, ${item.macs} multiply-adds`;
  const leaving = item.outputs.length === 0 ? "" : `, output ${item.outputs.join(", ")}`;
  switch (item.kind) {
    case "input":
    case "output":
      return `${item.kind} ${item.name}, ${formatShape(item.shape)}`;
    case "layer":
      return `${item.path}: ${item.parts.join(", ")}, to ${formatShape(item.shape)}, ${counted}${leaving}`;
    case "block":
      return `${item.path}: ${item.block}, to ${formatShape(item.shape)}, ${item.residual ? "residual" : "no residual"}: ${item.reason}; ${counted}${leaving}`;
    case "fold":
      return `${item.path}: ${item.instances.length} times ${item.block}, to ${formatShape(item.shape)}, ${foldedResiduals(item)}; ${counted}${leaving}`;
  }
}

function edge({ kind, points, arrow }: PlacedEdge): string {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return "";
  if (kind === "residual") {
    return `<path class="residual" d="${corners(points)}"/><path class="residual-tip" d="${tip(last, "left")}"/>`;
  }
  const end = arrow ? [...points.slice(0, -1), { x: last.x, y: last.y - 4 }] : points;
  return [`<path class="edge" d="${curve(end)}"/>`, arrow ? `<path class="tip" d="${tip(last, "down")}"/>` : ""].join(
    "",
  );
}

/**
 * Draws the shape label beside the start of an edge. Labels are drawn after all edges, so that no edge is drawn over a
 * label.
 */
function value({ points: [start], label, inside }: PlacedEdge): string {
  if (label === null || start === undefined) return "";
  return text(inside ? "value inside" : "value", start.x + 7, start.y + 15, label);
}

/**
 * Returns a path that is straight if the points are on a vertical line, and otherwise an S-shaped curve between each
 * two points.
 */
function curve(points: readonly Point[]): string {
  let path = "";
  let before: Point | null = null;
  for (const { x, y } of points) {
    if (before === null) path += `M${px(x)} ${px(y)}`;
    else if (Math.abs(before.x - x) < 0.5) path += `V${px(y)}`;
    else {
      const middle = px((before.y + y) / 2);
      path += `C${px(before.x)} ${middle} ${px(x)} ${middle} ${px(x)} ${px(y)}`;
    }
    before = { x, y };
  }
  return path;
}

/** Returns the path of a residual edge, with round corners. */
function corners(points: readonly Point[]): string {
  const [start, out, down, end] = points;
  if (start === undefined || out === undefined || down === undefined || end === undefined) return "";
  const r = Math.min(10, (down.y - out.y) / 2);
  return `M${px(start.x)} ${px(start.y)}H${px(out.x - r)}Q${px(out.x)} ${px(out.y)} ${px(out.x)} ${px(out.y + r)}V${px(down.y - r)}Q${px(down.x)} ${px(down.y)} ${px(down.x - r)} ${px(down.y)}H${px(end.x + 5)}`;
}

function tip({ x, y }: Point, direction: "down" | "left"): string {
  return direction === "down"
    ? `M${px(x)} ${px(y)}L${px(x - 4)} ${px(y - 7)}H${px(x + 4)}Z`
    : `M${px(x)} ${px(y)}L${px(x + 7)} ${px(y - 4)}V${px(y + 4)}Z`;
}

function text(className: string, x: number, y: number, content: string): string {
  return `<text${className === "" ? "" : ` class="${className}"`} x="${px(x)}" y="${px(y)}">${xmlText(content)}</text>`;
}

/** Rounds to half a pixel. */
export function px(value: number): string {
  return String(Math.round(value * 2) / 2);
}
