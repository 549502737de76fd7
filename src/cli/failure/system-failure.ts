import { CliError } from "./cli-error.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "it does not exist",
  EACCES: "permission denied",
  EPERM: "the operation is not permitted",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of the path is not a directory",
  EEXIST: "a file is in the way",
  ENOSPC: "no space is left on the device",
  EROFS: "the file system is read-only",
  EBUSY: "it is in use",
  EXDEV: "it lies on another file system",
  ELOOP: "it is a loop of links",
  ENAMETOOLONG: "the name is too long",
};

function systemCode(cause: unknown): string | null {
  return cause instanceof Error && "code" in cause && typeof cause.code === "string" ? cause.code : null;
}

/** Returns true for an error of the operating system with this code. */
export function isSystemError(cause: unknown, code: string): boolean {
  return systemCode(cause) === code;
}

/**
 * Makes the error for something that the operating system refused.
 *
 * @throws any other cause, which is a fault of mnet
 */
export function systemFailure(what: string, cause: unknown): CliError {
  const code = systemCode(cause);
  if (code === null) throw cause;
  return new CliError(`${what}: ${reasons[code] ?? code}`);
}
