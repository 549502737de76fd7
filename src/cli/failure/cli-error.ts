/** Exit codes: nothing was found, something was found in the input, or the command could not do what was asked. */
export const exitCode = { clean: 0, findings: 1, usage: 2 } as const;

/** A failure that the user can act on, such as a wrong argument or a missing file. It is printed without a stack. */
export class CliError extends Error {
  readonly exitCode: number;
  readonly hint: string | null;

  constructor(message: string, details: { readonly hint?: string; readonly exitCode?: number } = {}) {
    super(message);
    this.name = "CliError";
    this.hint = details.hint ?? null;
    this.exitCode = details.exitCode ?? exitCode.usage;
  }
}
