export type WeightFileCode =
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

/** Why a weight file is refused: which tensor, what was expected, what was found. */
export interface WeightFileProblem {
  readonly code: WeightFileCode;
  /** Null where the fault is the file's. */
  readonly tensor: string | null;
  readonly expected: string;
  readonly found: string;
  /** The three in one sentence. */
  readonly message: string;
}

/** Longest name or value that a message quotes; a hostile header can hold megabytes. */
const QUOTED = 80;

/** User text in quotes, escaped, cut to a readable length. */
export function quote(text: string): string {
  return JSON.stringify(text.length > QUOTED ? `${text.slice(0, QUOTED)}…` : text);
}

export function fileProblem(code: WeightFileCode, expected: string, found: string): WeightFileProblem {
  return { code, tensor: null, expected, found, message: `The file should have ${expected}, and has ${found}.` };
}

export function tensorProblem(
  code: WeightFileCode,
  tensor: string,
  expected: string,
  found: string,
): WeightFileProblem {
  const message = `Tensor ${quote(tensor)} should have ${expected}, and has ${found}.`;
  return { code, tensor, expected, found, message };
}
