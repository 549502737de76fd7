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

/** The reason why a file is refused: the tensor, the expected contents and the actual contents. */
export interface FileProblem {
  readonly code: FileProblemCode;
  /** Null if the fault is not in a single tensor. */
  readonly tensor: string | null;
  readonly expected: string;
  readonly found: string;
  /** All of this in one sentence. */
  readonly message: string;
}

/** The result of a reader: the contents of the file, or its first problem. */
export type FileResult<T> = Result<T, FileProblem>;

/** The length of the longest name or value that a message quotes. A malicious header can contain megabytes. */
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
