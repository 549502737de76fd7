import { xmlText } from "../diagnostics/xml-text.ts";
import { grouped } from "../text/grouped.ts";
import { shortBytes } from "../text/short-bytes.ts";
import { describeLife, describeTimeline } from "./describe-timeline.ts";
import type { MemoryTimeline, TimelineValue } from "./memory-timeline.ts";

/** In pixels. */
const left = 116;
const right = 2;
const top = 2;
const bottom = 40;
const height = 320;
/** The chart is at least as wide as the page. */
const pageWidth = 1078;
const leastStep = 7;
/** The gap between two buffers, and the smallest height of a buffer, so that its name fits. */
const bufferGap = 8;
const leastBuffer = 16;
/** A bar with a smaller height is drawn as a line without a name. */
const leastNamed = 14;
/** The average width of a letter in a bar's name. */
const letter = 6.2;

/**
 * Draws memory over time. Each value is a bar from the dispatch that writes it to the last dispatch that reads it. The
 * height of the bar is the size of the value.
 */
export function memoryChart(timeline: MemoryTimeline): string {
  const { buffers, dispatches, values } = timeline;
  const step = Math.max(leastStep, (pageWidth - left - right) / (dispatches + 2));
  const width = left + right + step * (dispatches + 2);
  const frames = framesOf(buffers);
  const below = (frames.at(-1)?.y ?? top) + (frames.at(-1)?.high ?? 0);
  const whole = Math.ceil(below + bottom);
  const bar = (value: TimelineValue): string => {
    const { path, buffer, bytes, born, dies } = value;
    const frame = frames[buffer] ?? { y: top, high: 0, scale: 0 };
    const x = left + (born + 1) * step + 1;
    const wide = Math.max(step, (dies - born + 1) * step) - 2;
    const high = Math.max(2, bytes * frame.scale - 1);
    const title = `${path}: ${grouped(bytes)} bytes in buffer ${buffer} from ${grouped(value.offset)}, ${describeLife(born, dies, dispatches)}`;
    const name = nameFor(path, high < leastNamed ? 0 : Math.floor((wide - 8) / letter));
    const y = frame.y + value.offset * frame.scale;
    const label = name === "" ? "" : `<text x="${px(x + 4)}" y="${px(y + 11)}">${xmlText(name)}</text>`;
    return `<g><title>${xmlText(title)}</title><rect class="b${buffer % 4}" x="${px(x)}" y="${px(y)}" width="${px(wide)}" height="${px(high)}" rx="2"/>${label}</g>`;
  };
  return [
    `<svg class="memory" viewBox="0 0 ${px(width)} ${whole}" width="${px(width)}" height="${whole}" role="img" aria-labelledby="memory-chart-title" aria-describedby="memory-chart-text">`,
    `<title id="memory-chart-title">Memory of the activations over the dispatches</title>`,
    `<desc id="memory-chart-text">${xmlText(describeTimeline(timeline))}</desc>`,
    ...frames.map((frame, i) => bufferFrame(frame, i, buffers[i] ?? 0, width - left - right)),
    ...values.map(bar),
    ...ticks(dispatches, step).map((dispatch) => {
      const x = px(left + (dispatch + 1.5) * step);
      return `<text class="end" x="${x}" y="${px(below + 16)}">${dispatch}</text>`;
    }),
    `<text class="end" x="${px((left + width) / 2)}" y="${px(below + 34)}">dispatch</text>`,
    "</svg>",
  ].join("\n");
}

/** The position of a buffer in pixels, and its pixels per byte. */
interface Frame {
  readonly y: number;
  readonly high: number;
  readonly scale: number;
}

function framesOf(buffers: readonly number[]): readonly Frame[] {
  const total = Math.max(
    1,
    buffers.reduce((sum, size) => sum + size, 0),
  );
  let y = top;
  return buffers.map((size) => {
    const high = Math.max(leastBuffer, (height * size) / total);
    const frame = { y, high, scale: size === 0 ? 0 : high / size };
    y += high + bufferGap;
    return frame;
  });
}

function bufferFrame({ y, high }: Frame, index: number, size: number, width: number): string {
  const middle = px(y + high / 2 + 4);
  return [
    `<rect class="buffer" x="${left}" y="${px(y)}" width="${px(width)}" height="${px(high)}"/>`,
    `<text class="label" x="0" y="${middle}">buffer ${index}</text>`,
    `<text class="size" x="${left - 8}" y="${middle}">${shortBytes(size)}</text>`,
  ].join("");
}

/** Returns the whole path, its last part, or an empty text, whichever is the longest that fits. */
function nameFor(path: string, letters: number): string {
  const last = path.slice(path.lastIndexOf("/") + 1);
  return [path, last].find((name) => name.length <= letters) ?? "";
}

function ticks(dispatches: number, step: number): readonly number[] {
  const distance = [1, 2, 5, 10, 20, 50].find((count) => count * step >= 24) ?? 100;
  return Array.from({ length: Math.ceil(dispatches / distance) }, (_unused, i) => i * distance);
}

function px(value: number): string {
  return String(Math.round(value * 10) / 10);
}
