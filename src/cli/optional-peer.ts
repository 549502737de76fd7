import { UnavailableError } from "./run/unavailable-error.ts";

function isMissing(cause: unknown, name: string): boolean {
  return (
    cause instanceof Error && "code" in cause && cause.code === "ERR_MODULE_NOT_FOUND" && cause.message.includes(name)
  );
}

/** Imports a package that mnet can do without, or says how to install it. */
export async function importPeer<T>(name: string, purpose: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    if (!isMissing(cause, name)) throw cause;
    throw new UnavailableError(`${purpose} needs the package "${name}", which is not installed`, {
      hint: `Install it: npm install ${name}`,
    });
  }
}
