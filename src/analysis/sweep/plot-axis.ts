/** One axis of a plot. */
export interface PlotAxis {
  /** 0 at the axis's start, 1 at its end. */
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
  /** The unit of the tick labels: 1, 1e3, 1e6 or 1e9. */
  readonly unit: number;
  readonly logarithmic: boolean;
}

/**
 * An axis is logarithmic if the ratio of the largest to the smallest value is at least this number. On a linear axis
 * most points would be in one corner.
 */
const LOGARITHMIC_FROM = 8;
const MOST_TICKS = 9;

/**
 * Returns an axis for these values that ends on round numbers. On a logarithmic axis, values of 0 are at the start.
 */
export function plotAxis(values: readonly number[]): PlotAxis {
  const positive = values.filter((value) => value > 0);
  const low = positive.reduce((least, value) => Math.min(least, value), Infinity);
  const high = positive.reduce((most, value) => Math.max(most, value), 0);
  const logarithmic = high / low >= LOGARITHMIC_FROM;
  const marks = logarithmic
    ? logarithmicMarks(low, high)
    : linearMarks(positive.length === values.length ? low : 0, high);
  const first = marks[0] ?? 0;
  const last = marks.at(-1) ?? 1;
  const place = logarithmic
    ? (value: number): number => clamp((Math.log10(value) - Math.log10(first)) / (Math.log10(last) - Math.log10(first)))
    : (value: number): number => clamp((value - first) / (last - first));
  // The unit of a logarithmic axis suits its middle. A larger unit would make the first label 0.00001.
  const typical = logarithmic ? Math.sqrt(first * last) : last;
  const unit = [1e9, 1e6, 1e3].find((size) => typical >= size) ?? 1;
  const labelled = marks.length <= MOST_TICKS ? marks : marks.filter((mark) => Number.isInteger(Math.log10(mark)));
  return {
    place,
    ticks: labelled.map((mark) => ({ at: place(mark), label: String(Number((mark / unit).toPrecision(6))) })),
    unit,
    logarithmic,
  };
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}

/** 1, 2 and 5 of each decade from the last one below to the first one above. */
function logarithmicMarks(low: number, high: number): readonly number[] {
  const marks: number[] = [];
  for (let exponent = Math.floor(Math.log10(low)) - 1; exponent <= Math.ceil(Math.log10(high)) + 1; exponent++) {
    for (const step of [1, 2, 5]) marks.push(Number(`${step}e${exponent}`));
  }
  const start = marks.findLastIndex((mark) => mark <= low);
  const end = marks.findIndex((mark) => mark >= high);
  return marks.slice(Math.max(0, start), end < 0 ? marks.length : end + 1);
}

/** Four to nine multiples of 1, 2 or 5 times a power of ten. */
function linearMarks(low: number, high: number): readonly number[] {
  if (!(high > 0)) return [0, 1];
  const start = low === high ? 0 : low;
  const rough = (high - start) / 5;
  const exponent = Math.floor(Math.log10(rough));
  const factor = [1, 2, 5, 10].find((candidate) => Number(`${candidate}e${exponent}`) >= rough) ?? 10;
  const step = Number(`${factor}e${exponent}`);
  const from = Math.floor(start / step);
  const to = Math.ceil(high / step);
  return Array.from({ length: to - from + 1 }, (_, i) => Number(((from + i) * step).toPrecision(12)));
}
