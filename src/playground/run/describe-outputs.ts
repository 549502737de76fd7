import { areProbabilities, topClasses } from "../../reference/top-classes.ts";
import { percent } from "../../text/percent.ts";

/** Values of one output, as a run gave them. */
export type Outputs = Readonly<Record<string, Float32Array>>;

/** One output, ready to be shown. */
export interface OutputView {
  readonly name: string;
  readonly count: number;
  /** The largest values, largest first. */
  readonly top: readonly TopRow[];
  /** In words, where the top values alone do not say enough: range and mean. */
  readonly summary: string;
  /** Values that are not numbers; a fault wherever there are any. */
  readonly notFinite: number;
}

export interface TopRow {
  /** The class's name, or the value's place. */
  readonly label: string;
  /** `93.1 %` of a softmax, else four figures. */
  readonly value: string;
  /** Length of the bar, 0 to 1. */
  readonly share: number;
}

/** `labels` name the values of `output`. */
export function describeOutputs(outputs: Outputs, labels: readonly string[] | null, count = 5): readonly OutputView[] {
  return Object.entries(outputs).map(([name, values]) => {
    const isShare = areProbabilities(values);
    const best = topClasses(values, name === "output" ? labels : null, count);
    const least = values.reduce((low, value) => Math.min(low, value), Infinity);
    const span = (best[0]?.value ?? 0) - least;
    const top = best.map(({ index, label, value }): TopRow => {
      const share = isShare ? value : span > 0 ? (value - least) / span : 0;
      return { label: label ?? `#${index}`, value: isShare ? percent(value) : figures(value), share };
    });
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const summary = isShare
      ? `${values.length} probabilities`
      : `${values.length} values from ${figures(least)} to ${figures(best[0]?.value ?? NaN)}, mean ${figures(mean)}`;
    const notFinite = values.filter((value) => !Number.isFinite(value)).length;
    return { name, count: values.length, top, summary, notFinite };
  });
}

function figures(value: number): string {
  return String(Number(value.toPrecision(4)));
}
