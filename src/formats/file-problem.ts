import type { Result } from "../diagnostics/result.ts";

/** The code of a problem with a file; `mnet explain CODE` has a page for each. */
export type FileProblemCode =
  | "weights/file-length"
  | "weights/file-header"
  | "weights/file-dtype"
  | "weights/file-offsets"
  | "weights/file-format"
  | "weights/file-shard"
  | "weights/file-archive"
  | "weights/file-structure"
  | "weights/file-quantization"
  | "weights/file-checksum"
  | "weights/not-finite"
  | "weights/negative-variance";

/** Why a file is refused: the tensor, what was expected there, and what was found. */
export interface FileProblem {
  readonly code: FileProblemCode;
  /** Null where the fault is in the file as a whole. */
  readonly tensor: string | null;
  readonly expected: string;
  readonly found: string;
  /** The three in one sentence. */
  readonly message: string;
}

/** What a reader returns: what the file says, or the first problem with it. */
export type FileResult<T> = Result<T, FileProblem>;

/** Longest name or value that a message quotes; a hostile header can hold megabytes. */
const QUOTED = 80;

/** Returns user text in quotes, escaped and cut to a readable length. */
export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
}

export function fileProblem(code: FileProblemCode, expected: string, found: string): FileProblem {
  return { code, tensor: null, expected, found, message: `Expected ${expected}, found ${found}.` };
}

export function tensorProblem(code: FileProblemCode, tensor: string, expected: string, found: string): FileProblem {
  const message = `Tensor ${quote(tensor)}: expected ${expected}, found ${found}.`;
  return { code, tensor, expected, found, message };
}
