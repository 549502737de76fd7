import { describe, expect, test } from "vitest";
import { z } from "zod";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();

const spec = "specs/mobilenet_v2.mnet";

describe("summary", () => {
  test("text: layers with shares, blocks with reasons, totals with conventions", async () => {
    const { code, stdout, stderr } = await cli.run(["summary", spec]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^MobileNetV2 {2}224x224x3 -> 1000\n/);
    expect(stdout).toMatch(/layer +op +input +output +params +% +multiply-adds +% +activations +field\n/);
    expect(stdout).toMatch(/stem +conv +224x224x3 +112x112x32 +928 +0\.0 +10 838 016 +3\.6 +1 605 632 +3\n/);
    expect(stdout).toMatch(/head\/dense +dense +1280 +1000 +1 281 000 +36\.5 +1 280 000 +0\.4 +4 000 +683\n/);
    expect(stdout).toMatch(/bottleneck2_1 +2 +no +stride 2\n/);
    expect(stdout).toMatch(/bottleneck2_2 +1 +yes +stride 1, 24 = 24 channels\n/);
    expect(stdout).toMatch(/multiply-adds +300 774 272 +of one image/);
    expect(stdout).toMatch(/FLOPs +601 548 544 +2 x multiply-adds/);
    expect(stdout).toMatch(/weights +13 951 264 +bytes after folding/);
  });

  test("--json keeps its fields and adds shares", async () => {
    const { code, stdout } = await cli.run(["summary", spec, "--json"]);
    expect(code).toBe(0);
    const schema = z.object({
      params: z.object({ trainable: z.number() }),
      macs: z.number(),
      layers: z.array(
        z.object({
          path: z.string(),
          op: z.string(),
          input: z.array(z.int()),
          output: z.array(z.int()),
          params: z.int(),
          macs: z.int(),
          share: z.object({ params: z.number(), macs: z.number() }),
        }),
      ),
    });
    const { layers, macs } = schema.parse(JSON.parse(stdout));
    expect(layers.reduce((sum, { share }) => sum + share.macs, 0)).toBeCloseTo(1, 12);
    for (const layer of layers) expect(layer.share.macs).toBe(layer.macs / macs);
  });

  test("--csv: one row a layer, numbers that add up to the totals", async () => {
    const { code, stdout } = await cli.run(["summary", spec, "--csv"]);
    expect(code).toBe(0);
    const [header, ...rows] = stdout.trimEnd().split("\n");
    expect(header).toBe("path,op,input,output,params,params_share,macs,macs_share,activation_bytes,receptive_field");
    expect(rows[0]).toBe("stem,conv,224x224x3,112x112x32,928,0.000265,10838016,0.036034,1605632,3");
    const sum = (column: number): number => rows.reduce((total, row) => total + Number(row.split(",")[column]), 0);
    expect(sum(4)).toBe(3_504_872);
    expect(sum(6)).toBe(300_774_272);
  });

  test("--md: a table with as many cells in every line, and the totals last", async () => {
    const { code, stdout } = await cli.run(["summary", "specs/tiny.mnet", "--md"]);
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split("\n");
    expect(new Set(lines.map((line) => line.split("|").length))).toEqual(new Set([12]));
    expect(lines[1]).toMatch(/^\|( --- \|){4}( ---: \|){6}$/);
    expect(lines[2]).toBe("| stem | conv | 32x32x3 | 16x16x8 | 232 | 1.4 | 55 296 | 9.4 | 8 192 | 3 |");
    expect(lines.at(-1)).toBe("| **Tiny** |  | 32x32x3 | 10 | 16 186 |  | 586 880 |  |  |  |");
  });

  test("one format at a time", async () => {
    for (const [a, b] of [
      ["--json", "--csv"],
      ["--csv", "--md"],
      ["--md", "--json"],
    ]) {
      const { code, stdout } = await cli.run(["summary", "specs/tiny.mnet", a ?? "", b ?? ""]);
      expect(code).toBe(2);
      // A caller that asks for JSON gets one document, whatever happens.
      if (a === "--json" || b === "--json") expect(JSON.parse(stdout)).toHaveProperty("error.message");
      else expect(stdout).toBe("");
    }
  });

  test("the help says what the columns are", async () => {
    const { stdout } = await cli.run(["summary", "--help"]);
    for (const column of ["macs_share", "activation_bytes", "receptive_field"]) expect(stdout).toContain(column);
  });
});
