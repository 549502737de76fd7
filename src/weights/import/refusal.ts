import { fileProblem, tensorProblem, type WeightFileCode, type WeightFileProblem } from "../weight-file-problem.ts";
import type { Checkpoint, CheckpointResult } from "./checkpoint.ts";

/** Thrown inside a reader alone, and caught by {@link orRefusal}. */
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

/** What a reader makes of its file, or the problem that it refused it for. */
export function orRefusal(read: () => Checkpoint): CheckpointResult {
  try {
    return { ok: true, checkpoint: read() };
  } catch (problem) {
    if (problem instanceof Refused) return { ok: false, problem: problem.problem };
    throw problem;
  }
}
