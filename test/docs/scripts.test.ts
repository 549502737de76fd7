import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { projectRoot } from "../support/cli-process.ts";
import { documents, placeOf, type Snippet } from "./documents.ts";

/** Snippets that are whole files and not excerpts of longer ones. */
const scripts = documents
  .flatMap(({ snippets }) => snippets)
  .filter(({ language, settings }) => ["js", "ts"].includes(language) && !settings.has("excerpt"));

/** Returns type errors by place. The runtime of a WebGPU folder stands beside the script, and `mnet` is this library. */
function typeErrors(snippets: readonly Snippet[]): readonly string[] {
  const cache = join(projectRoot, "node_modules", ".cache", "mnet");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "docs-types-"));
  try {
    for (const name of ["model.js", "model.d.ts"]) {
      copyFileSync(join(projectRoot, "src/targets/webgpu/runtime", name), join(folder, name));
    }
    const files = snippets.map((snippet, index) => {
      const path = join(folder, `snippet-${index}.${snippet.language === "js" ? "mjs" : "mts"}`);
      writeFileSync(path, snippet.text);
      return path;
    });
    const program = ts.createProgram(files, {
      allowImportingTsExtensions: true,
      allowJs: true,
      checkJs: true,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      noEmit: true,
      paths: { mnet: [join(projectRoot, "src/index.ts")] },
      skipLibCheck: true,
      strict: false,
      target: ts.ScriptTarget.ES2023,
      typeRoots: [join(projectRoot, "node_modules/@types"), join(projectRoot, "node_modules/@webgpu")],
      types: ["node", "types"],
    });
    return files.flatMap((path, index) => {
      const source = program.getSourceFile(path);
      const snippet = snippets[index];
      if (source === undefined || snippet === undefined) return [`${path} is not in the program`];
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
        ({ messageText }) => `${placeOf(snippet)}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
      );
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it("scripts in documents type-check", { timeout: 120_000 }, () => {
  expect(scripts.length).toBeGreaterThan(1);
  expect(typeErrors(scripts)).toEqual([]);
});

it("one that does not is found", { timeout: 120_000 }, () => {
  const text =
    'import { loadModel } from "./model.js";\nawait loadModel(3);\nimport { compile } from "mnet";\ncompile();\n';
  const wrong: Snippet = { document: "x.md", line: 1, language: "js", flags: new Set(), settings: new Map(), text };
  expect(typeErrors([wrong])).toHaveLength(2);
});
