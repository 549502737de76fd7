import { xmlText } from "../../diagnostics/xml-text.ts";
import { describeLevel } from "../describe-level.ts";
import type { Item, Level } from "../drawing.ts";
import { arrangeLevel } from "../layout/arrange-level.ts";
import type { Picture } from "../layout/picture.ts";
import { px, svgPicture } from "../svg/svg-picture.ts";
import { svgStyle } from "../svg/svg-style.ts";
import { stripsOf } from "./strips.ts";

export interface GraphHtmlOptions {
  /** True if rows are initially unfolded. */
  readonly unfold: boolean;
}

/**
 * Returns the graph as HTML without a script: a column of SVG strips. A strip with repeated rows is a `details`
 * element that unfolds. Its `data-repeats` attribute names the rows, so that a script of the page can keep it open.
 * The page must include {@link graphHtmlStyle} once.
 */
export function graphHtml(level: Level, { unfold }: GraphHtmlOptions): string {
  const strips = stripsOf(level).map(({ folded, unfolded }) => {
    if (unfolded === null) return wholeStrip(folded, "strip");
    const names = xmlText(folded.items.flatMap(foldNames).join(", "));
    return [
      `<details class="strip"${unfold ? " open" : ""}>`,
      `<summary data-repeats="${names}"><span class="name">Repeats of ${names}</span>${stripSvg(arrangeLevel(folded), folded, "folded")}</summary>`,
      wholeStrip(unfolded, "unfolded"),
      "</details>",
    ].join("");
  });
  return `<div class="graph">\n${strips.join("\n")}\n</div>`;
}

function foldNames(item: Item): readonly string[] {
  if (item.kind === "fold") return [item.path];
  return item.kind === "block" ? item.level.items.flatMap(foldNames) : [];
}

const margin = 8;
/** The largest width, in pixels, that a phone shows without scaling. */
const phoneWidth = 360;

/** On a phone, a wide strip has its own horizontal scroll bar. Scaled to fit, its text would be too small to read. */
function wholeStrip(level: Level, className: string): string {
  const picture = arrangeLevel(level);
  const svg = stripSvg(picture, level, className);
  if (picture.width <= phoneWidth) return svg;
  const names = level.items.map(({ path }) => path).join(", ");
  return `<div class="wide" role="group" aria-label="${xmlText(names)}" tabindex="0">${svg}</div>`;
}

function stripSvg(picture: Picture, level: Level, className: string): string {
  const width = px(picture.width + 2 * margin);
  return [
    `<svg class="mnet-graph ${className}" viewBox="0 0 ${width} ${px(picture.height)}" width="${width}" height="${px(picture.height)}" role="img" aria-label="${xmlText(describeLevel(level))}">`,
    `<g transform="translate(${px(picture.width / 2 + margin)} 0)">`,
    svgPicture(picture),
    "</g></svg>",
  ].join("");
}

/** All strips have the same axis, so that an edge continues from one strip to the next. */
export const graphHtmlStyle = [
  svgStyle,
  ".graph{text-align:center}",
  ".graph svg{display:block;margin:0 auto;max-width:100%;height:auto}",
  ".graph details{width:fit-content;max-width:100%;margin:0 auto}",
  ".graph summary{display:block;cursor:pointer;list-style:none;position:relative}",
  ".graph summary .name{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}",
  ".graph summary::-webkit-details-marker{display:none}",
  ".graph summary:focus-visible,.graph .wide:focus-visible{outline:2px solid #0969da;outline-offset:-2px;border-radius:8px}",
  ".graph summary::after{content:'unfold';position:absolute;left:calc(100% + 8px);top:50%;transform:translateY(-50%);font-size:12px;color:#59636e}",
  ".graph summary:hover::after{text-decoration:underline}",
  ".graph details[open]>summary{height:26px;background:linear-gradient(#8c959f,#8c959f) center/1.5px 100% no-repeat}",
  ".graph details[open]>summary::after{content:'fold'}",
  ".graph details[open]>summary>.folded{display:none}",
  "@media(max-width:600px){.graph .wide{overflow-x:auto}.graph .wide svg{max-width:none;zoom:.85}}",
  "@media(max-width:480px){.graph summary::after{left:auto;right:0;top:0;transform:none}}",
  "@media(prefers-color-scheme:dark){.graph summary::after{color:#a3acb6}.graph summary:focus-visible,.graph .wide:focus-visible{outline-color:#4493f8}.graph details[open]>summary{background-image:linear-gradient(#7d8590,#7d8590)}}",
].join("");
