import { fileProblem, tensorProblem, type FileProblem, type FileProblemCode, type FileResult } from "./file-problem.ts";

/**
 * The error that a reader throws for a faulty file. {@link attempt} catches it, and {@link refusalOf} recognises it.
 */
class Refused extends Error {
  readonly problem: FileProblem;
  constructor(problem: FileProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Stops the reader at a fault of the whole file. */
export function refuseFile(code: FileProblemCode, expected: string, found: string): never {
  throw new Refused(fileProblem(code, expected, found));
}

/** Stops the reader at a fault of one tensor. */
export function refuseTensor(code: FileProblemCode, tensor: string, expected: string, found: string): never {
  throw new Refused(tensorProblem(code, tensor, expected, found));
}

/** Runs a reader. Returns what it read, or the problem for which it refused the file. */
export function attempt<T>(read: () => T): FileResult<T> {
  try {
    return { ok: true, value: read() };
  } catch (cause) {
    const problem = refusalOf(cause);
    if (problem === null) throw cause;
    return { ok: false, problem };
  }
}

/** Returns the problem that a reader threw, or null for any other error. */
export function refusalOf(cause: unknown): FileProblem | null {
  return cause instanceof Refused ? cause.problem : null;
}

/** Refuses a tensor whose type cannot be read as weights, such as `float16` or `whole numbers`. */
export function refuseDtype(tensor: string, type: string): never {
  const found = type === "float16" ? "float16; save the model as float32" : type;
  refuseTensor("weights/file-dtype", tensor, "float32 or float64", found);
}
