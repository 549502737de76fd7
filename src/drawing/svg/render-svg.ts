import { xmlText } from "../../diagnostics/xml-text.ts";
import { describeLevel, levelTitle } from "../describe-level.ts";
import type { Level } from "../drawing.ts";
import { arrangeLevel } from "../layout/arrange-level.ts";
import { px, svgPicture } from "./svg-picture.ts";
import { svgStyle } from "./svg-style.ts";

const margin = 24;

/** Returns the graph as an SVG file that loads no other file. The file has a title and a description in words. */
export function renderSvg(network: string, level: Level): string {
  const picture = arrangeLevel(level);
  const width = px(picture.width + 2 * margin);
  const height = px(picture.height + 2 * margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="mnet-graph" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${xmlText(levelTitle(network, level))}</title>`,
    `<desc id="description">${xmlText(describeLevel(level))}</desc>`,
    `<style>${svgStyle}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<g transform="translate(${px(picture.width / 2 + margin)} ${margin})">`,
    svgPicture(picture),
    "</g>",
    "</svg>",
    "",
  ].join("\n");
}
