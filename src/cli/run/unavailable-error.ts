import { CliError } from "../cli-error.ts";

/** This machine cannot run a target: a package or an adapter is missing. */
export class UnavailableError extends CliError {
  override readonly name = "UnavailableError";
}
