import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  Position,
  SemanticTokens,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-types";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { languageServerHere, languageServerProcess, type ServedLanguage } from "../support/language-client.ts";

const text = `import "blocks.mnet"

/// A network of two rows.
network N {
  param width = 1.0 in 0.5 .. 2.0
  let ch(c) = divisible(c * width, 8)
  input image [32, 32, 3]
  stem: conv 3x3 ch(16) stride=2 norm=batch act=relu6
  bottleneck {
    | t | ch(c) | n | s |
    | 4 |    16 | 2 | 1 |
  }
  unit 24
  head: classifier 10
}
`;

const blocks = `/// Two convs.
block unit(c) {
  conv 3x3 c act=relu
  conv 1x1 c
}
`;

const whole = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };

/** The place where a piece of the text begins, moved on by `into` characters. */
function at(piece: string, into = 0, within = text): Position {
  const offset = within.indexOf(piece) + into;
  const before = within.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

describe.each([
  { where: "mnet lsp --stdio", start: languageServerProcess, hasProcess: true },
  { where: "the server in this process", start: languageServerHere, hasProcess: false },
])("$where", ({ start, hasProcess }) => {
  let server: ServedLanguage;
  let connection: ServedLanguage["connection"];
  let folder: string;
  const published = new Map<string, readonly Diagnostic[]>();
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;
  let version = 1;

  const ask = <R>(method: string, params: object) =>
    connection.sendRequest<R>(`textDocument/${method}`, { textDocument: { uri: uriOf("n.mnet") }, ...params });

  async function replaceText(changed: string): Promise<void> {
    version += 1;
    await connection.sendNotification("textDocument/didChange", {
      textDocument: { uri: uriOf("n.mnet"), version },
      contentChanges: [{ text: changed }],
    });
  }

  async function diagnosticsWhere(holds: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]> {
    await expect.poll(() => holds(published.get(uriOf("n.mnet")) ?? []), { timeout: 10_000 }).toBe(true);
    return published.get(uriOf("n.mnet")) ?? [];
  }

  beforeAll(async () => {
    server = start();
    folder = mkdtempSync(join(tmpdir(), "mnet-lsp-"));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "n.mnet"), text);
    writeFileSync(join(folder, "blocks.mnet"), blocks);
    ({ connection } = server);
    connection.onNotification(
      "textDocument/publishDiagnostics",
      ({ uri, diagnostics }: { uri: string; diagnostics: readonly Diagnostic[] }) => {
        published.set(uri, diagnostics);
      },
    );
    connection.listen();
    const { capabilities } = await connection.sendRequest<{ capabilities: object }>("initialize", {
      processId: null,
      rootUri: null,
      capabilities: {},
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: "specs" }],
      initializationOptions: { debounceMilliseconds: 5 },
    });
    expect(capabilities).toMatchObject({
      hoverProvider: true,
      inlayHintProvider: true,
      documentFormattingProvider: true,
    });
    await connection.sendNotification("initialized", {});
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri: uriOf("n.mnet"), languageId: "mnet", version, text },
    });
  }, 60_000);

  afterAll(() => {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("hints: shapes and figures on statements and rows, and what becomes of each residual", async () => {
    const hints = await ask<InlayHint[]>("inlayHint", { range: whole });
    const labels = (line: number) =>
      hints.filter(({ position }) => position.line === line).map(({ label }) => JSON.stringify(label));
    expect(labels(at("stem:").line).join()).toContain("16x16x16");
    expect(labels(at("| 4 |").line).join()).toMatch(/16x16x16.*residual/);
    expect(labels(at("unit 24").line).join()).toContain("16x16x24");
  });

  test("hover: figures of a layer, and the doc comment of a block in another file", async () => {
    expect(JSON.stringify(await ask<Hover>("hover", { position: at("stem:", 1) }))).toContain("16x16x16");
    expect(JSON.stringify(await ask<Hover>("hover", { position: at("unit 24", 1) }))).toContain("Two convs.");
  });

  test("completion: ops and blocks where a statement begins, values after an attribute", async () => {
    const labels = async (position: Position) =>
      (await ask<CompletionItem[]>("completion", { position })).map(({ label }) => label);
    expect(await labels(at("unit 24"))).toEqual(expect.arrayContaining(["conv", "depthwise", "bottleneck", "unit"]));
    expect(await labels(at("act=relu6", 4))).toEqual(expect.arrayContaining(["relu", "relu6", "hswish"]));
  });

  test("definition, references and rename, across files", async () => {
    const definition = await ask<Location | Location[]>("definition", { position: at("unit 24", 1) });
    expect(JSON.stringify(definition)).toContain("blocks.mnet");
    const uses = await ask<Location[]>("references", {
      position: at("width ="),
      context: { includeDeclaration: true },
    });
    expect(uses.map(({ range }) => range.start.line)).toEqual([at("width =").line, at("c * width").line]);
    const edit = await ask<WorkspaceEdit>("rename", { position: at("unit 24", 1), newName: "stage" });
    const edits = JSON.stringify(edit);
    expect(edits).toContain("n.mnet");
    expect(edits).toContain("blocks.mnet");
    await expect(ask("rename", { position: at("unit 24", 1), newName: "2x" })).rejects.toThrow();
  });

  test("symbols, folding and semantic tokens", async () => {
    const symbols = await ask<DocumentSymbol[]>("documentSymbol", {});
    expect(symbols.map(({ name }) => name)).toContain("N");
    expect(JSON.stringify(symbols)).toContain("stem");
    const folds = await ask<FoldingRange[]>("foldingRange", {});
    expect(folds.map(({ startLine }) => startLine)).toEqual(
      expect.arrayContaining([at("network N").line, at("bottleneck {").line]),
    );
    const { data } = await ask<SemanticTokens>("semanticTokens/full", {});
    expect(data.length % 5).toBe(0);
    expect(data.length).toBeGreaterThan(50);
  });

  test("formatting gives the one form", async () => {
    expect(await ask<TextEdit[]>("formatting", { options: { tabSize: 2, insertSpaces: true } })).toEqual([]);
    await replaceText(text.replace("  unit 24", "      unit    24"));
    const edits = await ask<TextEdit[]>("formatting", { options: { tabSize: 2, insertSpaces: true } });
    expect(edits.length).toBeGreaterThan(0);
    await replaceText(text);
  });

  test("a mistake is told on its place with a way out; the good half keeps its hints; repaired, all is quiet", async () => {
    const slip = text.replace("act=relu6", "act=relux");
    await replaceText(slip);
    const found = await diagnosticsWhere((all) => all.some(({ severity }) => severity === 1));
    const [fault] = found.filter(({ severity }) => severity === 1);
    expect(fault?.range.start.line).toBe(at("act=relux", 0, slip).line);
    const actions = await ask<CodeAction[]>("codeAction", {
      range: fault?.range ?? whole,
      context: { diagnostics: fault === undefined ? [] : [fault] },
    });
    expect(JSON.stringify(actions)).toContain("relu");
    const broken = text.replace("  unit 24\n", "  unit (((\n");
    await replaceText(broken);
    await diagnosticsWhere((all) => all.some(({ code }) => String(code).startsWith("syntax/")));
    const hints = await ask<InlayHint[]>("inlayHint", { range: whole });
    expect(JSON.stringify(hints)).toContain("16x16x16");
    await replaceText(text);
    await diagnosticsWhere((all) => all.every(({ severity }) => severity !== 1));
  });

  test("an import that is open counts as the editor has it", async () => {
    const uri = uriOf("blocks.mnet");
    await connection.sendNotification("textDocument/didOpen", {
      textDocument: { uri, languageId: "mnet", version: 1, text: blocks.replace("block unit(c)", "block unit(c, d)") },
    });
    await diagnosticsWhere((all) => all.some(({ range }) => range.start.line === at("unit 24").line));
    await connection.sendNotification("textDocument/didClose", { textDocument: { uri } });
    await diagnosticsWhere((all) => all.every(({ severity }) => severity !== 1));
  });

  if (hasProcess) {
    test("goodbye ends the process", async () => {
      await connection.sendRequest("shutdown");
      await connection.sendNotification("exit");
      await expect.poll(() => server.exitCode(), { timeout: 5_000 }).toBe(0);
    });
  }
});
