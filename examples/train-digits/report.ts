import type { Progress } from "./fit.ts";

const width = 30;

/** Draws a progress bar that overwrites itself. Draws nothing if the output is not a terminal. */
export function showProgress({ epoch, step, steps, loss }: Progress): void {
  if (!process.stdout.isTTY) return;
  const done = Math.round((step / steps) * width);
  const bar = "█".repeat(done).padEnd(width, "░");
  process.stdout.write(`\repoch ${epoch} ${bar} ${step}/${steps}  loss ${loss.toFixed(4)} `);
  if (step === steps) process.stdout.write("\r\u001b[K");
}

/** Returns the losses as rows of a chart with a logarithmic scale and one column for each epoch. */
export function lossCurve(losses: readonly number[], height = 8): string {
  const logs = losses.map((loss) => Math.log(loss));
  const top = Math.max(...logs);
  const bottom = Math.min(...logs);
  const level = (log: number) => (top === bottom ? 0 : Math.round(((top - log) / (top - bottom)) * (height - 1)));
  const rows = Array.from({ length: height }, (_, row) => {
    const value = Math.exp(top - ((top - bottom) * row) / (height - 1));
    const marks = logs.map((log) => (level(log) === row ? "●" : " ")).join(" ");
    return `${value.toFixed(4).padStart(8)} │ ${marks}`.trimEnd();
  });
  const axis = `${" ".repeat(9)}└${"─".repeat(losses.length * 2)} epoch ${losses.length}`;
  return [...rows, axis].join("\n");
}
