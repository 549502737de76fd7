import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import { CliError } from "../failure/cli-error.ts";
import { isSystemError, systemFailure } from "../failure/system-failure.ts";
import { containedPath } from "./contained-path.ts";
import { describeFile, type Manifest, manifestName, parseManifest } from "./manifest.ts";
import { onInterrupt } from "./interrupt.ts";

/** Returns the real path of the folder. Links are followed once, here, and never inside of it. */
function resolveOut(out: string): string {
  const absolute = resolve(out);
  const real = existsSync(absolute) ? realpathSync(absolute) : absolute;
  const below = relative(real, realpathSync(process.cwd()));
  if (!isAbsolute(below) && below.split(sep)[0] !== "..") {
    throw new CliError(`--out ${out} is or holds the current directory, which a build cannot replace`, {
      hint: "Name a folder of its own, for example --out build/net.",
    });
  }
  return real;
}

/** Returns the paths of all files and links below a folder, relative and with `/`. Links are not followed. */
function filesBelow(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    return entry.isDirectory() ? filesBelow(root, path) : [path];
  });
}

interface Existing {
  /** Files of the last build, which the new build replaces. */
  readonly ours: readonly string[];
  /** Files that somebody added, which stay. */
  readonly foreign: readonly string[];
}

function inspectExisting(real: string, out: string): Existing | null {
  const found = lstatSync(real, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (!found.isDirectory()) {
    throw new CliError(`--out ${out} is a ${found.isSymbolicLink() ? "link to nothing" : "file"}, not a folder`);
  }
  const present = filesBelow(real);
  if (present.length === 0) return { ours: [], foreign: [] };
  const manifest = present.includes(manifestName)
    ? parseManifest(readFileSync(join(real, manifestName), "utf8"))
    : null;
  if (manifest === null) {
    throw new CliError(
      `--out ${out} is not empty and holds no ${manifestName} of an earlier build; nothing was written`,
      {
        hint: "Name a new or empty folder.",
      },
    );
  }
  const listed = new Set([manifestName, ...manifest.files.map((file) => file.path)]);
  return {
    ours: present.filter((path) => listed.has(path)),
    foreign: present.filter((path) => !listed.has(path)),
  };
}

function checkFiles(files: readonly EmittedFile[], existing: Existing | null): void {
  const taken = new Set([manifestName]);
  const foreign = new Set(existing?.foreign);
  for (const { path } of files) {
    // Some file systems ignore case.
    const key = containedPath(path).toLowerCase();
    if (taken.has(key)) throw new Error(`internal: the file ${path} is written twice`);
    taken.add(key);
    const inTheWay = [...foreign].find(
      (other) => other === path || other.startsWith(`${path}/`) || path.startsWith(`${other}/`),
    );
    if (inTheWay !== undefined) {
      throw new CliError(
        `The build writes "${path}", but "${inTheWay}" stands in its place and is not of an earlier build`,
        {
          hint: "Move it away, or name another --out.",
        },
      );
    }
  }
}

function writeFiles(folder: string, files: readonly EmittedFile[]): void {
  for (const file of files) {
    const target = join(folder, ...file.path.split("/"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, file.contents, { flag: "wx" });
  }
}

function removeEmptyFolders(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyFolders(join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Moves foreign files from the old folder to the new one, then deletes the files of the last build. */
function retire(old: string, real: string, existing: Existing | null): void {
  for (const path of existing?.foreign ?? []) {
    const target = join(real, ...path.split("/"));
    mkdirSync(dirname(target), { recursive: true });
    renameSync(join(old, ...path.split("/")), target);
  }
  for (const path of existing?.ours ?? []) unlinkSync(join(old, ...path.split("/")));
  removeEmptyFolders(old);
}

/** Moves a folder. Returns false where there is nothing to move. */
function moveAside(from: string, to: string): boolean {
  try {
    renameSync(from, to);
    return true;
  } catch (cause) {
    if (isSystemError(cause, "ENOENT")) return false;
    throw cause;
  }
}

/** A further try is needed only where another build finished between two renames. */
const mostTries = 8;

/**
 * Moves the folder at `real` aside, moves `fresh` into its place, and returns the folders that were moved aside. Another build may
 * have replaced the folder since it was checked. So it is checked again after the move, and put back if it may not be replaced.
 */
function takePlace(
  fresh: string,
  real: string,
  temporary: string,
  check: (folder: string) => unknown,
): readonly string[] {
  const aside: string[] = [];
  for (let tries = 1; ; tries++) {
    const old = join(temporary, `old-${tries}`);
    try {
      if (moveAside(real, old)) {
        aside.push(old);
        check(old);
      }
      renameSync(fresh, real);
      return aside;
    } catch (cause) {
      const taken = isSystemError(cause, "ENOTEMPTY") || isSystemError(cause, "EEXIST");
      if (taken && tries < mostTries) continue;
      const last = aside.at(-1);
      if (last !== undefined && !existsSync(real)) renameSync(last, real);
      throw cause;
    }
  }
}

/**
 * Writes the files of a build and their manifest to `out`, all or nothing. They are written to a folder beside it first, which
 * then takes its place by a rename. Files that somebody added to an earlier build stay.
 *
 * @throws CliError for a folder that holds anything but an earlier build, or that cannot be written
 */
export function writeOutputDirectory(
  out: string,
  files: readonly EmittedFile[],
  about: Pick<Manifest, "generator" | "network" | "target" | "params">,
): void {
  const real = resolveOut(out);
  try {
    checkFiles(files, inspectExisting(real, out));
    const parent = dirname(real);
    mkdirSync(parent, { recursive: true });
    const temporary = mkdtempSync(join(parent, `.${basename(real)}.mnet-`));
    const fresh = join(temporary, "new");
    const discard = () => {
      rmSync(fresh, { recursive: true, force: true });
      if (existsSync(temporary) && readdirSync(temporary).length === 0) rmdirSync(temporary);
    };
    const release = onInterrupt(discard);
    try {
      mkdirSync(fresh);
      const manifest: Manifest = { schemaVersion: 1, ...about, files: files.map(describeFile) };
      writeFiles(fresh, [...files, { path: manifestName, contents: `${JSON.stringify(manifest, null, 2)}\n` }]);
      const check = (folder: string) => {
        const found = inspectExisting(folder, out);
        checkFiles(files, found);
        return found;
      };
      for (const old of takePlace(fresh, real, temporary, check)) retire(old, real, check(old));
    } finally {
      discard();
      release();
    }
  } catch (cause) {
    if (cause instanceof CliError) throw cause;
    throw systemFailure(`Cannot write ${out}`, cause);
  }
}
