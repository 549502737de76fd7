import { execFileSync } from "node:child_process";
import { posix } from "node:path";
import type { ReadFile } from "../../compile.ts";
import { createSource, type Source } from "../../text/source.ts";
import { CliError } from "../failure/cli-error.ts";
import { isSystemError } from "../failure/system-failure.ts";

const mostTextBytes = 16 * 1024 * 1024;

/** Runs git without a shell. Returns null where git refuses. Git may not ask the user for anything. */
function git(args: readonly string[]): Uint8Array | null {
  try {
    return execFileSync("git", args, {
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: mostTextBytes,
      env: { ...process.env, GIT_TERMINAL_PROMPT: "0" },
      windowsHide: true,
    });
  } catch (cause) {
    if (isSystemError(cause, "ENOENT")) throw new CliError("git: needs git, which is not on this machine");
    if (isSystemError(cause, "ENOBUFS")) {
      throw new CliError(`A file of the repository is larger than ${mostTextBytes / 1024 / 1024} MiB`);
    }
    return null;
  }
}

function gitText(args: readonly string[]): string | null {
  const bytes = git(args);
  return bytes === null ? null : new TextDecoder().decode(bytes).trim();
}

function decodeUtf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new CliError(`${name} is not UTF-8 text`);
  }
}

/**
 * Returns where a path of a revision lies, from the root of the repository. A path that begins with `./` or `../` starts at the
 * current folder. Returns null for a path that leaves the repository.
 */
function pathInRepository(path: string, prefix: string): string | null {
  const joined = /^\.\.?\//.test(path) ? posix.join(prefix, path) : posix.normalize(path);
  return joined.startsWith("/") || joined.split("/")[0] === ".." ? null : joined;
}

/**
 * Opens a spec as it was in a revision, with a reader for what it imported then. The revision is resolved to a commit first: so
 * nothing that the user wrote reaches git as an option, and all files are read from one commit.
 *
 * @throws CliError where there is no repository, no such commit or no such file
 */
export function openGitSpec(revision: string, path: string): { readonly entry: Source; readonly read: ReadFile } {
  const shown = `git:${revision}:${path}`;
  const prefix = gitText(["rev-parse", "--show-prefix"]);
  if (prefix === null) throw new CliError(`Cannot read ${shown}: this folder is in no git repository`);
  const commit = revision.startsWith("-")
    ? null
    : gitText(["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]);
  if (commit === null || !/^[0-9a-f]{40,64}$/.test(commit)) {
    throw new CliError(`Cannot read ${shown}: "${revision}" names no commit of this repository`);
  }
  const blob = (name: string): string | null => {
    const bytes = git(["cat-file", "blob", `${commit}:${name}`]);
    return bytes === null ? null : decodeUtf8(bytes, `git:${revision}:${name}`);
  };
  const name = pathInRepository(path, prefix);
  const text = name === null ? null : blob(name);
  if (name === null || text === null) {
    throw new CliError(`Cannot read ${shown}: there is no such file in that commit`, {
      hint: "Paths start at the repository's root; write ./PATH to start at the current folder.",
    });
  }
  const read: ReadFile = (wanted) => {
    const inside = pathInRepository(wanted, "");
    return inside === null || inside.includes("\0") ? null : blob(inside);
  };
  return { entry: createSource(name, text), read };
}
