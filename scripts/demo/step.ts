let stepNumber = 0;

/** Prints a description of a step, runs the step, and prints the time that it took. */
export async function step<T>(text: string, work: () => T | Promise<T>): Promise<T> {
  stepNumber += 1;
  process.stdout.write(`${stepNumber}. ${text} ... `);
  const start = performance.now();
  const result = await work();
  process.stdout.write(`${((performance.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}
