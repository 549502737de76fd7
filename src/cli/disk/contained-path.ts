import { CliError } from "../cli-error.ts";

const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/**
 * Refuses any path that could leave the folder it is joined to, on any system: absolute, drive-lettered, with `..`,
 * backslashes or control characters.
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
