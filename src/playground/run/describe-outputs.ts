import { areProbabilities, topClasses } from "../../reference/top-classes.ts";
import type { Outputs } from "../../running/runner.ts";
import { percent } from "../../text/percent.ts";

/** One output in the form in which it is shown. */
export interface OutputView {
  readonly name: string;
  readonly count: number;
  /** The largest values, largest first. */
  readonly top: readonly TopRow[];
  /** A sentence with the number of values, their range and their mean. */
  readonly summary: string;
  /** How many values are not finite numbers. Any such value is a fault. */
  readonly notFinite: number;
}

export interface TopRow {
  /** The name of the class, or the index of the value. */
  readonly label: string;
  /** A probability in percent; any other value with four digits. */
  readonly value: string;
  /** The length of the bar, 0 to 1. */
  readonly share: number;
}

/**
 * Describes outputs for the reader.
 *
 * @param labels the names of the values of `output`
 * @param count how many of the largest values are listed
 */
export function describeOutputs(outputs: Outputs, labels: readonly string[] | null, count = 5): readonly OutputView[] {
  return [...outputs].map(([name, shown]) => {
    const values = Array.from(shown);
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
