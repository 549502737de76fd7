/**
 * Estimates the mean square after a pool. The average of values around zero is near zero, and the average of values of one sign is not. Half the
 * spread is a compromise.
 */
export function pooledMoment(mode: "avg" | "max", first: number): number {
  return mode === "avg" ? first / 4 : first * 2;
}
