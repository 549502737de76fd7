/** Columns that every table has, so no block's parameter can have their names: the repeats of a row, and whether it has a residual. */
export const takenParameters: ReadonlySet<string> = new Set(["n", "residual"]);
