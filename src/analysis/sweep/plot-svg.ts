import { printable } from "../../diagnostics/printable.ts";
import { xmlText } from "../../diagnostics/xml-text.ts";
import type { VariantFigures } from "./measure-variant.ts";
import { paretoFront } from "./pareto.ts";
import { placeLabels } from "./place-labels.ts";
import { plotAxis, type PlotAxis } from "./plot-axis.ts";
import type { SweepRow } from "./sweep-row.ts";

const width = 880;
const height = 580;
const area = { left: 76, top: 84, right: 856, bottom: 508 } as const;
/**
 * Radii, in pixels, of the points with the fewest and the most parameters. The area of a point grows with its
 * parameters.
 */
const radii = { least: 3, most: 11 } as const;
const mostDescribed = 20;

interface Point {
  readonly row: SweepRow;
  readonly figures: VariantFigures;
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/**
 * Draws a sweep as SVG: peak activation memory on the horizontal axis, multiply-adds on the vertical axis, parameters
 * as the area of a point. A line joins the variants that no other variant beats with more multiply-adds in less
 * memory: of two networks of one family that fit a budget of memory, the one with more multiply-adds is probably the
 * more accurate (Lin et al. 2020, MCUNet, section 3.1). A variant that breaks an `assert` is a hollow point and not on
 * the line. A variant that does not compile is only counted. Equal rows give equal bytes.
 *
 * @param network the name in the title.
 * @param rows the variants.
 * @returns one SVG document.
 */
export function plotSweep(network: string, rows: readonly SweepRow[]): string {
  const drawn = rows.flatMap((row) => (row.figures === null ? [] : [{ row, figures: row.figures }]));
  const xAxis = plotAxis(drawn.map(({ figures }) => figures.peakBytes));
  const yAxis = plotAxis(drawn.map(({ figures }) => figures.macs));
  const most = drawn.reduce((largest, { figures }) => Math.max(largest, figures.params), 1);
  const points = drawn.map(({ row, figures }) => ({
    row,
    figures,
    x: area.left + xAxis.place(figures.peakBytes) * (area.right - area.left),
    y: area.bottom - yAxis.place(figures.macs) * (area.bottom - area.top),
    radius: radii.least + (radii.most - radii.least) * Math.sqrt(figures.params / most),
  }));
  const sound = points.filter(({ row }) => row.error === null);
  const front = paretoFront(sound.map(({ figures }) => ({ cost: figures.peakBytes, gain: figures.macs }))).flatMap(
    (index) => sound[index] ?? [],
  );
  const onFront = new Set(front);
  const others = points.filter((point) => !onFront.has(point));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${xmlText(title(network, rows))}</title>`,
    `<desc id="description">${xmlText(description(rows, points, front))}</desc>`,
    `<style>${style}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    `<text class="heading" x="${area.left}" y="32">${xmlText(title(network, rows))}</text>`,
    legend(rows, points),
    ...axisLines(xAxis, yAxis),
    ...(front.length < 2 ? [] : [`<path class="line" d="${staircase(front)}"/>`]),
    // The largest first, so that none hides another.
    ...others
      .toSorted((a, b) => b.radius - a.radius)
      .map((point) => circle(point, point.row.error === null ? "point" : "failing")),
    ...front.map((point) => circle(point, "front")),
    ...labels(front),
    "</svg>",
    "",
  ].join("\n");
}

const style = [
  "text{font:12px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;fill:#59636e}",
  ".heading{font-size:18px;font-weight:600;fill:#1f2328}",
  ".label{font-size:11px;fill:#1f2328;paint-order:stroke;stroke:#fff;stroke-width:3px}",
  ".end{text-anchor:end}.middle{text-anchor:middle}",
  ".paper{fill:#fff}.grid{stroke:#dfe3e8}.frame{stroke:#8c959f;fill:none}",
  ".point{fill:#8c959f;fill-opacity:.55}.failing{fill:none;stroke:#8c959f;stroke-dasharray:2 2}",
  ".front{fill:#0969da;stroke:#fff}.line{fill:none;stroke:#0969da;stroke-width:1.5}",
  "@media(prefers-color-scheme:dark){",
  "text{fill:#9198a1}.heading,.label{fill:#f0f6fc}.label{stroke:#0d1117}",
  ".paper{fill:#0d1117}.grid{stroke:#2a313c}.frame,.failing{stroke:#6e7781}.point{fill:#9198a1}",
  ".front{fill:#4493f8;stroke:#0d1117}.line{stroke:#4493f8}}",
].join("");

function title(network: string, rows: readonly SweepRow[]): string {
  return `${network}: ${rows.length} ${rows.length === 1 ? "variant" : "variants"}`;
}

function settings(row: SweepRow): string {
  const pairs = Object.entries(row.set).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? "as written" : pairs.join(" ");
}

function figuresText({ params, macs, peakBytes, weightBytes }: VariantFigures): string {
  return `${macs} multiply-adds, ${peakBytes} bytes of activations at the peak, ${params} parameters, ${weightBytes} bytes of weights`;
}

function description(rows: readonly SweepRow[], points: readonly Point[], front: readonly Point[]): string {
  const described = front
    .slice(0, mostDescribed)
    .map(({ row, figures }) => `${settings(row)} (${figuresText(figures)})`);
  const more = front.length > mostDescribed ? `; and ${front.length - mostDescribed} more` : "";
  const absent = rows.length - points.length;
  return [
    "Multiply-adds of one image against peak activation memory; the area of a point grows with its parameters.",
    front.length === 0
      ? "No variant is on the front."
      : `On the front, where no other variant does as many multiply-adds in less memory: ${described.join("; ")}${more}.`,
    ...(absent === 0 ? [] : [`${absent} of ${rows.length} variants do not compile and are not drawn.`]),
  ].join(" ");
}

function legend(rows: readonly SweepRow[], points: readonly Point[]): string {
  const absent = rows.length - points.length;
  const broken = points.filter(({ row }) => row.error !== null).length;
  const smallest = points.reduce((least, { figures }) => Math.min(least, figures.params), Infinity);
  const largest = points.reduce((greatest, { figures }) => Math.max(greatest, figures.params), 0);
  const parts = [
    ["front", "front: the most multiply-adds in its memory"],
    ...(points.length === 0 ? [] : [["point", `area: parameters, ${short(smallest)} to ${short(largest)}`]]),
    ...(broken === 0 ? [] : [["failing", `${broken} break an assert`]]),
  ];
  let x: number = area.left;
  const marks: string[] = [];
  for (const [kind = "", text = ""] of parts) {
    marks.push(`<circle class="${kind}" cx="${x + 5}" cy="54" r="5"/>`);
    marks.push(`<text x="${x + 16}" y="58">${xmlText(text)}</text>`);
    x += 40 + Math.round(text.length * 6.2);
  }
  if (absent > 0) marks.push(`<text class="end" x="${area.right}" y="32">${absent} do not compile</text>`);
  return marks.join("\n");
}

/** `3.5 M`: three digits and a power of a thousand. */
function short(value: number): string {
  const [unit, letter] = (
    [
      [1e9, " G"],
      [1e6, " M"],
      [1e3, " k"],
    ] as const
  ).find(([size]) => value >= size) ?? [1, ""];
  return `${Number((value / unit).toPrecision(3))}${letter}`;
}

const counted: Readonly<Record<number, string>> = { 1: "", 1e3: ", thousands", 1e6: ", millions", 1e9: ", billions" };
const byteUnits: Readonly<Record<number, string>> = { 1: "bytes", 1e3: "kB", 1e6: "MB", 1e9: "GB" };

function axisLines(xAxis: PlotAxis, yAxis: PlotAxis): readonly string[] {
  const scale = (axis: PlotAxis): string => (axis.logarithmic ? ", logarithmic" : "");
  const middle = { x: (area.left + area.right) / 2, y: (area.top + area.bottom) / 2 };
  return [
    ...xAxis.ticks.flatMap(({ at, label }) => {
      const x = pixel(area.left + at * (area.right - area.left));
      return [
        `<line class="grid" x1="${x}" y1="${area.top}" x2="${x}" y2="${area.bottom}"/>`,
        `<text class="middle" x="${x}" y="${area.bottom + 20}">${label}</text>`,
      ];
    }),
    ...yAxis.ticks.flatMap(({ at, label }) => {
      const y = pixel(area.bottom - at * (area.bottom - area.top));
      return [
        `<line class="grid" x1="${area.left}" y1="${y}" x2="${area.right}" y2="${y}"/>`,
        `<text class="end" x="${area.left - 8}" y="${Number(y) + 4}">${label}</text>`,
      ];
    }),
    `<rect class="frame" x="${area.left}" y="${area.top}" width="${area.right - area.left}" height="${area.bottom - area.top}"/>`,
    `<text class="middle" x="${middle.x}" y="${height - 22}">Peak activation memory, ${byteUnits[xAxis.unit] ?? ""} in float32${scale(xAxis)}</text>`,
    `<text class="middle" transform="translate(22 ${middle.y}) rotate(-90)">Multiply-adds of one image${counted[yAxis.unit] ?? ""}${scale(yAxis)}</text>`,
  ];
}

/** The most multiply-adds for each budget of memory: a step at each point of the front. */
function staircase(front: readonly Point[]): string {
  return front.map(({ x, y }, i) => (i === 0 ? `M${pixel(x)} ${pixel(y)}` : `H${pixel(x)}V${pixel(y)}`)).join("");
}

function circle({ row, figures, x, y, radius }: Point, kind: "point" | "failing" | "front"): string {
  const reason = row.error === null ? "" : ` (${row.error.message})`;
  const hover = xmlText(`${settings(row)}: ${figuresText(figures)}${reason}`);
  return `<circle class="${kind}" cx="${pixel(x)}" cy="${pixel(y)}" r="${pixel(radius)}"><title>${hover}</title></circle>`;
}

function labels(front: readonly Point[]): readonly string[] {
  const wanted = front.map(({ row, x, y, radius }) => ({ text: printable(settings(row)), x, y, radius }));
  return placeLabels(wanted, area).map(
    ({ text, x, y, anchor }) =>
      `<text class="label${anchor === "end" ? " end" : ""}" x="${pixel(x)}" y="${pixel(y)}">${xmlText(text)}</text>`,
  );
}

function pixel(value: number): string {
  return String(Number(value.toFixed(1)));
}
