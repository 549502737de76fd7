import { UnavailableError } from "./unavailable-error.ts";

/**
 * Imports an optional package.
 *
 * @param purpose what needs the package, as the subject of a sentence: `Reading images`
 * @throws UnavailableError if the package is not installed or does not load on this machine
 */
export async function importOptional<T>(name: string, purpose: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (isMissing(cause, name)) {
      const message = `${purpose} needs the package "${name}", which is not installed`;
      throw new UnavailableError("package", message, `Install it: npm install ${name}`);
    }
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `${purpose} needs the package "${name}", which does not load on this machine: ${reason}`;
    throw new UnavailableError("package", message, `Install it again: npm install ${name}`);
  }
}

/** Returns true if the package itself was not found, and not a package that it imports. */
function isMissing(cause: unknown, name: string): boolean {
  const codes: readonly unknown[] = ["ERR_MODULE_NOT_FOUND", "MODULE_NOT_FOUND"];
  return cause instanceof Error && "code" in cause && codes.includes(cause.code) && cause.message.includes(name);
}
