import { existsSync } from "node:fs";
import type { ReadFile } from "../../compile.ts";
import type { Source } from "../../text/source.ts";
import { CliError } from "../failure/cli-error.ts";
import { openGitSpec } from "../disk/git-spec.ts";
import { openSpec } from "./spec.ts";

/** One side of a comparison, opened. */
export interface DiffOperand {
  /** The operand as the user wrote it. */
  readonly text: string;
  /** The network that follows the file name, or that an option names; null for the first of the file. */
  readonly network: string | null;
  readonly entry: Source;
  readonly read: ReadFile;
}

const WITH_NETWORK = /^(.+\.mnet):([A-Za-z_][A-Za-z0-9_]{0,63})$/;
const IN_GIT = /^git:([^:]+):(.+)$/;

/**
 * Opens `FILE`, `FILE:NETWORK`, `-`, `git:REV:PATH` or `git:REV:PATH:NETWORK`.
 *
 * @param network the network that an option names; null where no option does
 */
export function openOperand(text: string, network: string | null): DiffOperand {
  const [, file = text, named = null] = existsSync(text) ? [] : (WITH_NETWORK.exec(text) ?? []);
  if (named !== null && network !== null && named !== network) {
    throw new CliError(`${text} names the network "${named}", and an option names "${network}"`);
  }
  const opened = openFile(text, file);
  return { text, network: named ?? network, ...opened };
}

function openFile(text: string, file: string): { readonly entry: Source; readonly read: ReadFile } {
  if (!file.startsWith("git:") || existsSync(file)) return openSpec(file);
  const [, revision, path] = IN_GIT.exec(file) ?? [];
  if (revision === undefined || path === undefined) {
    throw new CliError(`${text} does not name a file of a revision`, {
      hint: "Write it as git:REV:PATH, as in git:HEAD~1:net.mnet.",
    });
  }
  return openGitSpec(revision, path);
}
