import { fileProblem, tensorProblem, type WeightFileCode, type WeightFileProblem } from "./weight-file-problem.ts";

/** Thrown inside a reader alone, and caught by {@link attempt} or told by {@link refusalOf}. */
class Refused extends Error {
  readonly problem: WeightFileProblem;
  constructor(problem: WeightFileProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

export function refuseFile(code: WeightFileCode, expected: string, found: string): never {
  throw new Refused(fileProblem(code, expected, found));
}

export function refuseTensor(code: WeightFileCode, tensor: string, expected: string, found: string): never {
  throw new Refused(tensorProblem(code, tensor, expected, found));
}

/** What a part of a reader gives, or the problem that it refused the file for. */
export function attempt<T>(
  read: () => T,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: WeightFileProblem } {
  try {
    return { ok: true, value: read() };
  } catch (cause) {
    const problem = refusalOf(cause);
    if (problem === null) throw cause;
    return { ok: false, problem };
  }
}

/** The problem that a reader threw, or null where something else was thrown. */
export function refusalOf(cause: unknown): WeightFileProblem | null {
  return cause instanceof Refused ? cause.problem : null;
}

/** For numbers of a type that weights are not read from, `float16` or `whole numbers`. */
export function refuseDtype(tensor: string, type: string): never {
  const found = type === "float16" ? "float16; save the model as float32" : type;
  refuseTensor("weights/file-dtype", tensor, "float32 or float64", found);
}
