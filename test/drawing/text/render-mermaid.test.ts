import { expect, test } from "vitest";
import { drawGraph } from "../../../src/drawing/draw-graph.ts";
import { foldRows } from "../../../src/drawing/fold-rows.ts";
import { renderMermaid } from "../../../src/drawing/text/render-mermaid.ts";
import { compileSpecFile } from "../../support/compile-spec-file.ts";
import { hostile, hostileLevel } from "../hostile-level.ts";

test("nodes, subgraphs and edges", () => {
  const level = foldRows(drawGraph(compileSpecFile("tiny.mnet").training));
  const lines = renderMermaid("Tiny", level).split("\n");
  expect(lines.slice(0, 2)).toEqual(["flowchart TD", "  accTitle: Tiny#58; 19 layers, 3 residuals"]);
  expect(lines.slice(3)).toEqual([
    '  n0(["image"])',
    '  n1("stem<br/>conv 3x3 8 stride=2, batch norm, relu6")',
    '  subgraph n2["bottleneck1_1"]',
    '    n3("depthwise<br/>depthwise 3x3, batch norm, relu6")',
    '    n4("project<br/>conv 1x1 8, batch norm")',
    '    n5("add<br/>add")',
    "  end",
    '  n6[["bottleneck2 x 2<br/>bottleneck"]]',
    '  n7[["bottleneck3 x 2<br/>bottleneck"]]',
    '  n8("last<br/>conv 1x1 64, batch norm, relu6")',
    '  subgraph n9["head, classifier"]',
    '    n10("pool<br/>pool avg global")',
    '    n11("flatten1<br/>flatten")',
    '    n12("dense<br/>dense 10, softmax")',
    "  end",
    '  n13(["output"])',
    '  n0 -->|"32x32x3"| n1',
    '  n1 -->|"16x16x8"| n3',
    '  n3 -->|"16x16x8"| n4',
    '  n4 -->|"16x16x8"| n5',
    '  n1 -.->|"16x16x8"| n5',
    '  n5 -->|"16x16x8"| n6',
    '  n6 -->|"8x8x16"| n7',
    '  n7 -->|"4x4x24"| n8',
    '  n8 -->|"4x4x64"| n10',
    '  n10 -->|"1x1x64"| n11',
    '  n11 -->|"64"| n12',
    '  n12 -->|"10"| n13',
    "",
  ]);
});

test("what users wrote ends no label and begins no line", () => {
  const text = renderMermaid(hostile, hostileLevel());
  const label = String.raw`"(?:[A-Za-z0-9_ .,/+()=-]|#\d+;|<br/>)*"`;
  const statements = [
    "flowchart TD",
    String.raw` {2}acc(?:Title|Descr): (?:[A-Za-z0-9_ .,/+()=-]|#\d+;)*`,
    String.raw` *n\d+(?:\(${label}\)|\(\[${label}\]\)|\[\[${label}\]\])`,
    String.raw` *subgraph n\d+\[${label}\]`,
    " *end",
    String.raw` {2}n\d+ (?:-->|-\.->)\|${label}\| n\d+`,
    "",
  ];
  const line = new RegExp(`^(?:${statements.join("|")})$`);
  expect(text.split("\n").filter((written) => !line.test(written))).toEqual([]);
});
