import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv-draft-04";
import addFormats from "ajv-formats";
import { SaxesParser } from "saxes";
import { describe, expect, it } from "vitest";
import { error, type Diagnostic } from "../../src/diagnostics/diagnostic.ts";
import { renderGithub } from "../../src/diagnostics/render-github.ts";
import { renderJunit } from "../../src/diagnostics/render-junit.ts";
import { renderLine } from "../../src/diagnostics/render-line.ts";
import { renderSarif } from "../../src/diagnostics/render-sarif.ts";
import { createSource } from "../../src/text/source.ts";

const text = 'network "N" {\r\n  stem: conv 3x3 32\r\n  last: conv 1x1 8\r\n}\r\n';
const file = "nets/a b, 100%.mnet";
const sources = new Map([[file, createSource(file, text)]]);

function spanOf(part: string) {
  const start = text.indexOf(part);
  return { file, start, end: start + part.length };
}

const hostile = 'No ]]> & <b> "here": \u001b[2J \ufffe 100%, \u202e\n::error::x';
const findings: readonly Diagnostic[] = [
  error("shape/mismatch", spanOf("stem"), hostile, {
    hint: "Write [1, 2, 4].",
    related: [{ message: "the input is here", span: spanOf("last") }],
  }),
  {
    ...error("bias-before-bn", spanOf("conv 3x3"), "A bias."),
    severity: "warning",
    fix: {
      message: "Drop it",
      safety: "safe",
      edits: [
        { span: spanOf(" 32"), text: "" },
        { span: spanOf(" 8"), text: " 9" },
      ],
    },
  },
  { ...error("bias-before-bn", spanOf("conv 1x1 8\r\n}"), "Over lines."), severity: "info" },
];

describe("SARIF", () => {
  const schemaFile = "@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";
  const schema = JSON.parse(readFileSync(createRequire(import.meta.url).resolve(schemaFile), "utf8")) as object;
  const ajv = new Ajv.default({ allErrors: true, strict: false, unicodeRegExp: false });
  addFormats.default(ajv);
  const isValid = ajv.compile(schema);
  const page = { code: "shape/mismatch", title: "Shapes differ", why: "Because.", bad: "", good: "" };
  const log = (diagnostics: readonly Diagnostic[]): unknown =>
    JSON.parse(
      renderSarif(diagnostics, sources, {
        version: "1.2.3",
        pages: new Map([[page.code, page]]),
        fingerprint: ({ code }) => code,
      }),
    );

  it("is valid by the schema of the standard, with findings and without", () => {
    for (const diagnostics of [findings, [], [error("cli/gone", { file: "gone.mnet", start: 5, end: 9 }, "Gone.")]]) {
      expect(isValid(log(diagnostics)), JSON.stringify(isValid.errors)).toBe(true);
    }
    // The schema can refuse.
    expect(isValid({ version: "2.1.0", runs: [{ results: [] }] })).toBe(false);
  });

  it("says where, what and how to repair it", () => {
    const written = JSON.parse(JSON.stringify(log(findings))) as {
      runs: [{ tool: { driver: { rules: object[] } }; results: object[] }];
    };
    const [{ tool, results }] = written.runs;
    expect(tool.driver.rules).toMatchObject([
      { id: "bias-before-bn" },
      { id: "shape/mismatch", shortDescription: { text: "Shapes differ" } },
    ]);
    expect(results[0]).toMatchObject({
      ruleId: "shape/mismatch",
      ruleIndex: 1,
      level: "error",
      message: { text: `${hostile} Write [1, 2, 4].` },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "nets/a%20b%2C%20100%25.mnet" },
            region: { startLine: 2, startColumn: 3, endLine: 2, endColumn: 7 },
          },
        },
      ],
      relatedLocations: [{ message: { text: "the input is here" } }],
    });
    expect(results[1]).toMatchObject({
      level: "warning",
      partialFingerprints: { "mnetFinding/v1": "bias-before-bn:1" },
      fixes: [
        {
          artifactChanges: [{ replacements: [{ insertedContent: { text: "" } }, { insertedContent: { text: " 9" } }] }],
        },
      ],
    });
    expect(results[2]).toMatchObject({ level: "note", partialFingerprints: { "mnetFinding/v1": "bias-before-bn:2" } });
  });
});

describe("JUnit", () => {
  interface Element {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
  }

  /** Reads as strictly as XML 1.0 says, and lists the elements. */
  function elementsOf(xml: string): readonly Element[] {
    const elements: Element[] = [];
    const parser = new SaxesParser();
    parser.on("error", (cause) => {
      throw cause;
    });
    parser.on("opentag", ({ name, attributes }) => elements.push({ name, attributes: attributes }));
    parser.write(xml).close();
    return elements;
  }

  it("is well-formed whatever is in the text, and counts", () => {
    const elements = elementsOf(renderJunit(findings, sources, [file, "nets/clean.mnet"]));
    expect(elements.map(({ name }) => name)).toEqual([
      ...["testsuites", "testsuite", "testcase", "failure", "testcase", "failure", "testcase", "skipped"],
      ...["testsuite", "testcase"],
    ]);
    expect(elements[1]?.attributes).toEqual({ name: file, tests: "3", failures: "2", skipped: "1" });
    expect(elements[2]?.attributes).toEqual({ classname: file, name: "shape/mismatch 2:3" });
    expect(elements[3]?.attributes["message"]).toBe(
      'No ]]> & <b> "here": \\u001b[2J \ufffd 100%, \\u202e\\u000a::error::x',
    );
    expect(elements.at(-1)?.attributes).toEqual({ classname: "nets/clean.mnet", name: "no findings" });
    expect(elementsOf(renderJunit([], sources, [])).map(({ name }) => name)).toEqual(["testsuites"]);
  });
});

describe("GitHub's annotations", () => {
  it("are a line a finding that nothing in the text can break", () => {
    const place = "file=nets/a b%2C 100%25.mnet";
    expect(renderGithub(findings, sources).split("\n")).toEqual([
      `::error ${place},line=2,endLine=2,col=3,endColumn=7,title=shape/mismatch::No ]]> & <b> "here": \\u001b[2J \ufffe 100%25, \\u202e\\u000a::error::x%0AWrite [1, 2, 4].`,
      `::warning ${place},line=2,endLine=2,col=9,endColumn=17,title=bias-before-bn::A bias.`,
      `::notice ${place},line=3,endLine=4,title=bias-before-bn::Over lines.`,
      "",
    ]);
  });
});

describe("a line a finding", () => {
  it("is what compilers print", () => {
    expect(renderLine(findings, sources).split("\n")).toEqual([
      `${file}:2:3: error: No ]]> & <b> "here": \\u001b[2J \ufffe 100%, \\u202e\\u000a::error::x [shape/mismatch]`,
      `${file}:2:9: warning: A bias. [bias-before-bn]`,
      `${file}:3:9: info: Over lines. [bias-before-bn]`,
      "",
    ]);
  });
});
