import { CliError } from "../failure/cli-error.ts";

const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Returns a path that stays inside the folder it is joined to, on any system. Refuses absolute paths, drive letters, `..`,
 * backslashes and control characters.
 *
 * @throws CliError for a path that it refuses
 */
export function containedPath(path: string): string {
  const parts = path.split("/");
  const sound = parts.every(
    (part) =>
      part !== "" &&
      part !== "." &&
      part !== ".." &&
      part.length <= 255 &&
      /^[A-Za-z0-9._-]+$/.test(part) &&
      !reservedOnWindows.test(part),
  );
  if (!sound) throw new CliError(`The file name ${JSON.stringify(path)} does not stay inside the output folder`);
  return path;
}
