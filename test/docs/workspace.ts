import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { openCli, projectRoot, type CliResult } from "../support/cli-process.ts";
import { placeOf, type Document, type Snippet } from "./documents.ts";

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")));

/** The folder in which a document's commands run. It has specs, examples, checkpoints, and what earlier snippets and commands wrote. */
export interface Workspace {
  readonly folder: string;
  readonly run: (command: string) => Promise<CliResult>;
  readonly remove: () => void;
}

/** Makes the folder in node_modules, so that `webgpu` and tf.js are found as in a project that has installed them. */
export function openWorkspace({ snippets }: Document): Workspace {
  const cli = openCli();
  const cache = join(projectRoot, "node_modules", ".cache", "mnet");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "docs-"));
  for (const name of ["specs", "examples", "test/fixtures/checkpoints"])
    cpSync(join(projectRoot, name), join(folder, name), { recursive: true });
  // Specs are written first, because commands above a snippet may use it. Other files are written when their folder has been built.
  for (const snippet of snippets) if (snippet.language === "mnet") keep(folder, snippet);
  return {
    folder,
    async run(command) {
      for (const snippet of snippets) if (snippet.language !== "mnet") keep(folder, snippet);
      const [program = "", ...args] = command.split(/\s+/);
      if (program === "npm") return { code: knownNpm(args) ? 0 : 1, stdout: "", stderr: `no such script: ${command}` };
      if (program === "bash")
        return { code: existsSync(join(projectRoot, args[0] ?? "")) ? 0 : 1, stdout: "", stderr: "" };
      if (program === "npx" && args[0] === "mnet") return cli.run(args.slice(1), { cwd: folder });
      if (program === "node") return runNode(folder, args);
      throw new Error(`a document may not say "${command}": its test would not know what to make of it`);
    },
    remove() {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function keep(folder: string, { settings, text }: Snippet): void {
  const name = settings.get("file");
  if (name === undefined) return;
  const path = join(folder, name);
  if (name.includes("/") && !existsSync(dirname(path))) return;
  writeFileSync(path, text);
}

/** Checks only that npm's script exists. A test does not install, test or benchmark. */
function knownNpm(args: readonly string[]): boolean {
  const [verb = "", script = ""] = args;
  return verb === "ci" || (verb === "test" && "test" in scripts) || (verb === "run" && script in scripts);
}

function runNode(folder: string, args: readonly string[]): Promise<CliResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    const text = { stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (part: string) => (text.stdout += part));
    child.stderr.setEncoding("utf8").on("data", (part: string) => (text.stderr += part));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, ...text });
    });
  });
}

/** A command with the output that a ```console block shows below it; null in a ```sh block. */
export interface ShownCommand {
  readonly place: string;
  readonly command: string;
  readonly output: readonly string[] | null;
}

export function commandsOf(snippet: Snippet): readonly ShownCommand[] {
  const place = placeOf(snippet);
  const lines = snippet.text.trimEnd().split("\n");
  if (snippet.language === "sh") {
    return lines
      .flatMap((line) => line.replace(/\s+#.*$|^#.*$/, "").split("&&"))
      .map((command) => command.trim())
      .filter((command) => command !== "")
      .map((command) => ({ place, command, output: null }));
  }
  const shown: { place: string; command: string; output: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith("$ ")) shown.push({ place, command: line.slice(2), output: [] });
    else shown.at(-1)?.output.push(line);
  }
  return shown;
}

/** Compares shown lines with printed ones. A shown `…` stands for any number of lines. */
export function matchesOutput(shown: readonly string[], actual: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return actual.length === 0;
  if (first !== "…") return actual[0] === first && matchesOutput(rest, actual.slice(1));
  return actual.some((_, skipped) => matchesOutput(rest, actual.slice(skipped))) || matchesOutput(rest, []);
}
