/** Imports a package that not everybody needs, and says which one to install where it is missing. */
export async function importOptional<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (problem) {
    const code = problem instanceof Error ? (problem as NodeJS.ErrnoException).code : undefined;
    if (code !== "ERR_MODULE_NOT_FOUND" && code !== "MODULE_NOT_FOUND") {
      const reason = problem instanceof Error ? problem.message : String(problem);
      throw new Error(`The package "${name}" does not load on this machine: ${reason}`, { cause: problem });
    }
    throw new Error(`The package "${name}" is needed for this and is not installed; run "npm install ${name}".`, {
      cause: problem,
    });
  }
}
