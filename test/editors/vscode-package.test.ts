import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { unzipSync } from "fflate";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { Location, TextEdit } from "vscode-languageserver-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { packageVscode } from "../../scripts/package-vscode.ts";
import { check } from "../../src/compile.ts";
import { createSource } from "../../src/text/source.ts";
import { version } from "../../src/version.ts";
import { projectRoot } from "../support/cli-process.ts";

/** A folder outside of the project, so that the package finds nothing that it lacks beside it. */
let folder: string;
let files: ReadonlyMap<string, Uint8Array>;
const textIn = (name: string) => new TextDecoder().decode(files.get(name));

const paths = z.array(z.object({ path: z.string() }));
const manifestSchema = z.object({
  version: z.string(),
  main: z.string(),
  contributes: z.object({
    languages: z.array(z.object({ configuration: z.string() })),
    grammars: paths,
    snippets: paths,
    jsonValidation: z.array(z.object({ url: z.string() })),
    commands: z.array(z.object({ command: z.string() })),
    menus: z.record(z.string(), z.array(z.object({ command: z.string() }))),
  }),
});
const manifest = () => manifestSchema.parse(JSON.parse(textIn("package.json")));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "mnet-vscode-"));
  const packed = join(folder, "mnet.vsix");
  await packageVscode(join(folder, "laid-out"), packed);
  const entries = Object.entries(unzipSync(readFileSync(packed)));
  const prefix = "extension/";
  files = new Map(
    entries.flatMap(([name, bytes]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), bytes] as const] : [])),
  );
  for (const [name, bytes] of files) {
    mkdirSync(dirname(join(folder, "installed", name)), { recursive: true });
    writeFileSync(join(folder, "installed", name), bytes);
  }
}, 60_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the .vsix", () => {
  test("holds what its manifest names, and no more than it needs", () => {
    const { contributes, main, version: of } = manifest();
    expect(of).toBe(version);
    const named = [
      main,
      ...contributes.languages.map(({ configuration }) => configuration),
      ...[...contributes.grammars, ...contributes.snippets].map(({ path }) => path),
      ...contributes.jsonValidation.map(({ url }) => url),
    ].map((path) => path.replace(/^\.\//, ""));
    const beside = ["package.json", "readme.md", "LICENSE.txt", "dist/server.cjs", "dist/preview.js"];
    expect([...files.keys()].sort()).toEqual([...named, ...beside].sort());
  });

  test("its commands are registered by the extension, and its files are JSON", () => {
    const { contributes } = manifest();
    const commands = contributes.commands.map(({ command }) => command);
    for (const command of commands) expect(textIn("dist/extension.cjs")).toContain(`"${command}"`);
    for (const { command } of Object.values(contributes.menus).flat()) expect(commands).toContain(command);
    for (const name of files.keys()) if (name.endsWith(".json")) expect(JSON.parse(textIn(name))).toBeTypeOf("object");
  });

  test("its grammar is the generated one, byte for byte", () => {
    expect(textIn("mnet.tmLanguage.json")).toBe(
      readFileSync(join(projectRoot, "generated", "mnet.tmLanguage.json"), "utf8"),
    );
  });

  test("its snippets compile as they are inserted", () => {
    const snippets = z
      .record(z.string(), z.object({ body: z.array(z.string()) }))
      .parse(JSON.parse(textIn("snippets.json")));
    const found = Object.entries(snippets).flatMap(([name, { body }]) => {
      const { diagnostics } = check(createSource(`${name}.mnet`, fileAround(inserted(body))), {
        network: null,
        set: new Map(),
        read: () => null,
      });
      return diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => `${name}: ${message}`);
    });
    expect(Object.keys(snippets).length).toBeGreaterThan(5);
    expect(found).toEqual([]);
  });
});

/** Returns a snippet with the proposals of its places filled in. */
function inserted(body: readonly string[]): string {
  return body
    .join("\n")
    .replace(/\$\{\d+:([^}]*)\}/g, "$1")
    .replace(/\$\{\d+\|([^,}]*)[^}]*\}/g, "$1")
    .replace("$0", "");
}

/** Puts a snippet where it belongs: in a file or in a network. */
function fileAround(text: string): string {
  const net = (body: string) => `network Net {\n  input image [32, 32, 3]\n  conv 3x3 8\n${body}\n}\n`;
  if (/^network \w+ =/m.test(text)) return `${net("  param width = 1.0 in 0.1 .. 2.0")}${text}\n`;
  return /^(\/\/\/ .*\n)?(network|block) /.test(text) ? `${text}\n` : net(text);
}

describe("the server in the .vsix, started as the extension starts it", () => {
  let server: ChildProcess;
  let connection: ReturnType<typeof createMessageConnection>;
  const uri = "untitled:Untitled-1";
  const text = "network N {\n  input image [32, 32, 3]\n  bottleneck   c=8\n}\n";
  const ask = <R>(method: string, params: object = {}) =>
    connection.sendRequest<R>(method, { textDocument: { uri }, ...params });

  beforeAll(async () => {
    server = spawn(process.execPath, [join(folder, "installed", "dist", "server.cjs"), "--stdio"], { cwd: folder });
    if (server.stdout === null || server.stdin === null) throw new Error("no pipes");
    connection = createMessageConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
    connection.listen();
    const { serverInfo } = await connection.sendRequest<{ serverInfo: object }>("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {},
      initializationOptions: { virtualLibrary: true },
    });
    expect(serverInfo).toEqual({ name: "mnet", version });
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "mnet", version: 1, text },
    });
  }, 30_000);

  afterAll(() => {
    connection.dispose();
    server.kill();
  });

  test("shows files of the block library, which lie nowhere", async () => {
    const place = await ask<Location | readonly Location[]>("textDocument/definition", {
      position: { line: 2, character: 4 },
    });
    const [{ uri: library } = { uri: "" }] = [place].flat();
    expect(library).toBe("mnet:library/bottleneck.mnet");
    expect(await connection.sendRequest("mnet/libraryText", { uri: library })).toContain("block bottleneck(");
  });

  test("formats, with nothing installed beside it", async () => {
    const edits = await ask<TextEdit[]>("textDocument/formatting", { options: { tabSize: 2, insertSpaces: true } });
    expect(edits.map(({ newText }) => newText)).not.toEqual([]);
  });

  test("goodbye ends it", async () => {
    await connection.sendRequest("shutdown");
    await connection.sendNotification("exit");
    await expect.poll(() => server.exitCode, { timeout: 5_000 }).toBe(0);
  });
});
