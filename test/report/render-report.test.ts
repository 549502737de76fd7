import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { summarize } from "../../src/analysis/summary.ts";
import { renderReport } from "../../src/report/render-report.ts";
import type { ReportData } from "../../src/report/report-data.ts";
import { compileSpecFile } from "../support/compile-spec-file.ts";
import { hostile, hostileLevel } from "../drawing/hostile-level.ts";

const summary = summarize(compileSpecFile("tiny.mnet").training);

/** A report in which every text that somebody wrote is `text`. */
function reportWith(text: string): Promise<string> {
  const place = { file: text, line: 1, column: 1, endLine: 1, endColumn: 2 };
  const data: ReportData = {
    network: text,
    doc: text,
    params: { [text]: text },
    summary: {
      ...summary,
      layers: summary.layers.map((layer) => ({ ...layer, path: `${text}/${layer.path}` })),
      memory: { peakBytes: 4, peakAt: text },
    },
    graph: hostileLevel(text),
    findings: [
      {
        ...place,
        code: text,
        severity: "warning",
        message: text,
        hint: text,
        related: [],
        fix: { message: text, safety: "safe", changes: null, edits: [{ ...place, text }] },
        before: text,
        marked: text,
        after: text,
      },
    ],
    moreFindings: 1,
    plan: {
      report: {
        network: text,
        device: "generic",
        precision: "f32",
        dispatches: [
          {
            layers: [text, text],
            kernel: text,
            variant: text,
            workgroups: [1, 2, 3],
            invocations: 64,
            bytes: 1000,
            macs: 2000,
            microseconds: 1.5,
            measured: null,
            bound: "launch",
            busy: 1,
            fusion: null,
            saves: null,
            reason: text,
          },
        ],
        pipelines: 1,
        totals: { bytes: 1000, macs: 2000, microseconds: 1.5 },
        memory: { activationBytes: 256, lowerBoundBytes: 256, weightBytes: 16, buffers: [256] },
      },
      timeline: {
        buffers: [256],
        dispatches: 1,
        lowerBoundBytes: 256,
        values: [{ path: text, buffer: 0, offset: 0, bytes: 256, born: -1, dies: 1 }],
      },
      kernels: [{ path: text, text: `${text}\n\t${text}` }],
      kernelOf: [0],
      extras: [{ path: text, text }],
    },
    tfjs: [{ path: text, text }],
  };
  return renderReport(data);
}

/** The tags of a page with the names of their attributes. */
function tagsOf(page: string): readonly string[] {
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/"[^"]*"/g, '""'));
}

test("what somebody wrote is text, wherever it stands", async () => {
  const page = await reportWith(hostile);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  for (const unseen of ["\u0007", "\u202e"]) expect(page).not.toContain(unseen);
  // The text is about as wide as the others, since the width decides what scrolls. An invisible character is written
  // out in six characters.
  const harmless = hostile.replace(/\p{C}/gu, "-u0000").replace(/[<>"'&]/g, "-");
  expect(tagsOf(page)).toEqual(tagsOf(await reportWith(harmless)));
});

test("its policy allows its own style and nothing else, and the page has no more", async () => {
  const page = await reportWith("name");
  const [, style = ""] = /<style>([^<]*)<\/style>/.exec(page) ?? [];
  const hash = createHash("sha256").update(style).digest("base64");
  expect(page).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'"`,
  );
  expect(page).not.toMatch(/<script|<iframe|<object|\son[a-z]+=|\sstyle=|(?:src|href)="(?!#|data:,")|https?:|url\(/);
});

test("ids are there once, and what points at one finds it", async () => {
  const page = await reportWith("name");
  const ids = [...page.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const wanted = [...page.matchAll(/(?:href="#|aria-(?:labelledby|describedby)=")([^"]*)"/g)].map(([, id]) => id);
  expect(wanted.length).toBeGreaterThan(10);
  expect(wanted.filter((id) => !ids.includes(id))).toEqual([]);
});

test("the same network is the same bytes", async () => {
  expect(await reportWith("name")).toBe(await reportWith("name"));
});
