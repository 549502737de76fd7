import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { extract } from "tar";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { projectRoot } from "../support/cli-process.ts";

let consumer: string;
const installed = () => join(consumer, "node_modules", "mnet");

const manifest = z
  .object({ version: z.string(), dependencies: z.record(z.string(), z.string()), bin: z.object({ mnet: z.string() }) })
  .parse(JSON.parse(readFileSync(join(projectRoot, "package.json"), "utf8")));

/** Packs, unpacks where `npm install` would, and links the dependencies that package.json names, and no others. */
beforeAll(async () => {
  consumer = realpathSync(mkdtempSync(join(tmpdir(), "mnet-consumer-")));
  mkdirSync(installed(), { recursive: true });
  // `prepare` is not under test, and two bundles at once would fight over dist/.
  execFileSync("npm", ["run", "--silent", "prepare"], { cwd: projectRoot, stdio: "pipe" });
  execFileSync("npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", consumer], {
    cwd: projectRoot,
    stdio: "pipe",
  });
  await extract({ file: join(consumer, `mnet-${manifest.version}.tgz`), cwd: installed(), strip: 1 });
  for (const name of Object.keys(manifest.dependencies)) {
    const link = join(consumer, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(join(projectRoot, "node_modules", name), link);
  }
  writeFileSync(join(consumer, "package.json"), '{ "type": "module" }');
}, 180_000);

afterAll(() => {
  rmSync(consumer, { recursive: true, force: true });
});

function runNode(args: readonly string[]) {
  return spawnSync(process.execPath, args, { cwd: consumer, encoding: "utf8" });
}

const bin = () => join(installed(), manifest.bin.mnet);

test("the package holds what it should and nothing else", () => {
  const top = new Set(readdirSync(installed()));
  for (const name of ["dist", "specs", "package.json", "LICENSE"]) expect(top).toContain(name);
  for (const name of ["src", "test", "scripts", "node_modules", "build"]) expect(top).not.toContain(name);
});

test("the library compiles a spec", () => {
  writeFileSync(
    join(consumer, "use.js"),
    `import { compile, createSource, summarize, version } from "mnet";
     import { readFileSync } from "node:fs";
     const source = createSource("tiny.mnet", readFileSync("node_modules/mnet/specs/tiny.mnet", "utf8"));
     const { value, diagnostics } = compile(source, { network: null, set: new Map(), read: () => null });
     console.log(JSON.stringify([version, diagnostics.length, summarize(value.training).name]));`,
  );
  const { stdout, stderr } = runNode(["use.js"]);
  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([manifest.version, 0, "Tiny"]);
});

test.each(["ir", "config"])("the schema of the %s can be asked for", (name) => {
  writeFileSync(
    join(consumer, "schema.js"),
    `import schema from "mnet/${name}.schema.json" with { type: "json" };
     console.log(typeof schema.$schema);`,
  );
  expect(runNode(["--no-warnings", "schema.js"]).stdout).toBe("string\n");
});

test("a configuration can be read and specs linted and formatted without the command", () => {
  writeFileSync(
    join(consumer, "review.js"),
    `import { createSource, formatSource, lint, lintOptionsOf, parseConfig, renderLine } from "mnet";
     const config = parseConfig('{"budgets": {"*": {"parameters": 10}}}').value;
     const source = createSource("n.mnet", "network N { \\n input image [8,8,3]\\n pool avg\\n flatten\\n dense 10 }\\n");
     const request = { network: null, set: new Map(), read: () => null };
     const { diagnostics, sources } = lint(source, request, lintOptionsOf(config, {}));
     process.stdout.write(renderLine(diagnostics, sources) + formatSource(source).value);`,
  );
  const { stdout, stderr } = runNode(["review.js"]);
  expect(stderr).toBe("");
  expect(stdout).toMatch(
    /^n\.mnet:1:9: error: "N" exceeds its budget: 40 trainable parameters of 10\. \[budget-exceeded\]\n/,
  );
  expect(stdout).toMatch(/\n {2}input image \[8, 8, 3\]\n/);
});

test("the gradients for tf.js's wasm backend can be imported, without tf.js being installed", () => {
  writeFileSync(
    join(consumer, "train.js"),
    `import { registerWasmGradients } from "mnet/wasm-training";
     try {
       registerWasmGradients({ getKernelsForBackend: () => [] });
     } catch ({ message }) {
       console.log(message);
     }`,
  );
  expect(runNode(["train.js"]).stdout).toContain("import @tensorflow/tfjs-backend-wasm before registerWasmGradients");
});

test("the language for CodeMirror runs on the editor's own CodeMirror, and the TextMate grammar comes along", () => {
  for (const scope of ["@codemirror", "@lezer"]) {
    symlinkSync(join(projectRoot, "node_modules", scope), join(consumer, "node_modules", scope));
  }
  writeFileSync(
    join(consumer, "edit.js"),
    `import { EditorState } from "@codemirror/state";
     import { getIndentation } from "@codemirror/language";
     import { mnet } from "mnet/codemirror";
     import grammar from "mnet/mnet.tmLanguage.json" with { type: "json" };
     const state = EditorState.create({ doc: "network N {\\n\\n}\\n", extensions: [mnet()] });
     console.log(getIndentation(state, 12), grammar.scopeName);`,
  );
  expect(runNode(["--no-warnings", "edit.js"]).stdout).toBe("2 source.mnet\n");
});

test("prettier formats specs with the plugin, named as a project names it", () => {
  mkdirSync(join(consumer, "nets"));
  writeFileSync(join(consumer, "nets", ".prettierrc"), '{ "plugins": ["mnet/prettier"], "printWidth": 80 }');
  writeFileSync(join(consumer, "nets", "net.mnet"), "block b( c ){\n  conv   1x1 c\n}\n");
  const prettier = join(projectRoot, "node_modules", "prettier", "bin", "prettier.cjs");
  const { stdout, stderr } = runNode([prettier, "--no-editorconfig", "nets/net.mnet"]);
  expect([stdout, stderr]).toEqual(["block b(c) {\n  conv 1x1 c\n}\n", ""]);
  const zoo = runNode([
    prettier,
    "--no-config",
    "--ignore-path",
    "no",
    "--plugin",
    "mnet/prettier",
    "--check",
    "node_modules/mnet/specs",
    "--with-node-modules",
  ]);
  expect(zoo.stdout).toContain("All matched files use Prettier code style!");
});

test("its types are found and mean something", () => {
  writeFileSync(
    join(consumer, "use.ts"),
    `import { compile, createSource, type Diagnostic } from "mnet";
     const { diagnostics } = compile(createSource("a", ""), { network: null, set: new Map(), read: () => null });
     export const first: Diagnostic | undefined = diagnostics[0];
     // @ts-expect-error -- findings are no number
     export const wrong: number = diagnostics;`,
  );
  const compiler = join(projectRoot, "node_modules", "typescript", "bin", "tsc");
  const { stdout, status } = runNode([
    compiler,
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2023",
    "--skipLibCheck",
    "use.ts",
  ]);
  expect([stdout, status]).toEqual(["", 0]);
});

test("the command runs, with nothing but its dependencies", () => {
  const spec = join(installed(), "specs", "tiny.mnet");
  const check = runNode([bin(), "check", spec]);
  expect([check.stdout, check.status]).toEqual(["", 0]);
  const build = runNode([bin(), "build", spec, "--target", "tfjs", "--out", "out"]);
  expect([build.stdout, build.status]).toEqual(["", 0]);
  expect(readdirSync(join(consumer, "out")).sort()).toEqual(["mnet.manifest.json", "model.ts"]);
  const init = runNode([bin(), "weights", "init", spec, "--out", "w.safetensors"]);
  expect(init.status).toBe(0);
});

test("the command is a program of its own, which is what npx starts", () => {
  const { stdout, status } = spawnSync(bin(), ["--version"], { cwd: consumer, encoding: "utf8" });
  expect([stdout, status]).toEqual([`${manifest.version}\n`, 0]);
});

test("without an optional package it says what to install", () => {
  const spec = join(installed(), "specs", "tiny.mnet");
  writeFileSync(join(consumer, "x.f32"), Buffer.alloc(32 * 32 * 3 * 4));
  for (const [target, name] of [
    ["tfjs", "@tensorflow/tfjs"],
    ["webgpu", "webgpu"],
  ] as const) {
    const run = runNode([bin(), "run", spec, "--seed", "1", "--input", "x.f32", "--target", target]);
    expect(run.stderr).toContain(`npm install ${name}`);
    expect(run.stderr).not.toMatch(/\n\s+at /);
    expect([run.stdout, run.status]).toEqual(["", 2]);
  }
});
