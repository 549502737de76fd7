import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { openCli } from "../support/cli-process.ts";

const cli = openCli();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "mnet-sweep-"));
  return () => {
    rmSync(folder, { recursive: true });
  };
});

const small = [
  "network N {",
  "  param width = 8 in 4 .. 64",
  "  param act = relu",
  "  input image [8, 8, 3]",
  "  stem: conv 3x3 width act=act",
  '  assert params <= 800 "small"',
  "}",
  "",
].join("\n");

const sweepSchema = z.strictObject({
  schemaVersion: z.literal(1),
  network: z.string(),
  set: z.array(z.string()),
  variants: z.int(),
  shard: z.strictObject({ index: z.int(), count: z.int() }).nullable(),
  rows: z.array(
    z.strictObject({
      index: z.int(),
      set: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
      params: z.int().nullable(),
      macs: z.int().nullable(),
      peakBytes: z.int().nullable(),
      weightBytes: z.int().nullable(),
      error: z.strictObject({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
});

async function sweepRows(args: readonly string[], stdin = ""): Promise<z.infer<typeof sweepSchema>["rows"]> {
  const { stdout } = await cli.run(["sweep", ...args, "--json"], { stdin });
  return sweepSchema.parse(JSON.parse(stdout)).rows;
}

describe("sweep", () => {
  test("MobileNetV2 over width and size has the figures of its summaries", async () => {
    const args = ["sweep", "specs/mobilenet_v2.mnet", "--set", "width=0.35,0.5,0.75,1.0", "--set", "size=96..224/32"];
    const { code, stdout, stderr } = await cli.run([...args, "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const { network, set, variants, rows } = sweepSchema.parse(JSON.parse(stdout));
    expect({ network, set, variants }).toEqual({ network: "MobileNetV2", set: ["width", "size"], variants: 20 });
    expect(rows.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, index) => index));
    expect(rows[1]?.set).toEqual({ width: 0.35, size: 128 });
    expect(rows.at(-1)).toEqual({
      index: 19,
      set: { width: 1, size: 224 },
      params: 3_504_872,
      macs: 300_774_272,
      peakBytes: 6_021_120,
      weightBytes: 4 * 3_487_816,
      error: null,
    });
  });

  test("text and CSV say the same", async () => {
    const args = ["sweep", "specs/mobilenet_v2.mnet", "--set", "width=1", "--set", "size=192..224/32"];
    const text = await cli.run(args);
    expect(text.stdout).toMatch(/^index +width +size +params +multiply-adds +peak bytes +weight bytes\n/);
    expect(text.stdout).toMatch(/\n +1 +1 +224 +3 504 872 +300 774 272 +6 021 120 +13 951 264\n/);
    const table = await cli.run([...args, "--csv"]);
    expect(table.stdout).toBe(
      [
        "index,width,size,params,macs,peak_bytes,weight_bytes,error",
        "0,1,192,3504872,221316608,4423680,13951264,",
        "1,1,224,3504872,300774272,6021120,13951264,",
        "",
      ].join("\n"),
    );
  });

  test("a failing variant is a row with its reason; the others are there; exit 1", async () => {
    const { code, stdout, stderr } = await cli.run(["sweep", "-", "--set", "width=8,40,65", "--set", "act=relu,1"], {
      stdin: small,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/\n +0 +8 +relu +224 +13 824 +\d/);
    expect(stdout).toMatch(/\n +1 +8 +1 +- +- +- +- +FAILED {2}Param "act" .* 1\.\n/);
    expect(stdout).toMatch(/\n +2 +40 +relu +1 120 .* FAILED {2}"params" is 1120 trainable weights, .*<= 800: small/);
    expect(stdout).toMatch(/\n +4 +65 +relu +- .* FAILED {2}--set width=65 is outside 4 \.\. 64/);
    expect(stdout).toContain("6 variants of N, 5 failed");
    const rows = await sweepRows(["-", "--set", "width=40,65"], small);
    expect(rows.map(({ params, error }) => [params, error?.code])).toEqual([
      [1120, "assert/failed"],
      [null, "param/range"],
    ]);
  });

  test("what is wrong for every variant is a finding, and nothing is swept", async () => {
    for (const [args, stdin, found] of [
      [["--set", "widht=1,2"], small, "param/unknown"],
      [["--network", "M"], small, "network/unknown"],
      [[], small.replace("conv", "conv conv ("), "syntax/"],
    ] as const) {
      const { code, stdout, stderr } = await cli.run(["sweep", "-", ...args, "--json"], { stdin });
      expect(code).toBe(1);
      expect(stderr).toContain(`error[${found}`);
      expect(JSON.parse(stdout)).toHaveProperty("findings");
    }
  });

  test.each([
    [["--set", "width"], /NAME=VALUES/],
    [["--set", "width=1", "--set", "width=2"], /"width" is set twice/],
    [["--set", "width=1..2"], /has no step/],
    [["--set", "width=1..1000/1", "--set", "act=1..1000/1"], /has 1000000 variants .* at most 100000 are allowed/],
    [["--shard", "0/2"], /i from 1 to n/],
    [["--shard", "3/2"], /i from 1 to n/],
    [["--jobs", "0"], /from 1 to 256/],
    [["--plot", "/dev/null/x.svg"], /Cannot write/],
  ])("%j: exit 2, a word on stderr, nothing on stdout", async (args, message) => {
    const result = await cli.run(["sweep", "-", ...args], { stdin: small });
    expect(result.stderr).toMatch(message);
    expect(result).toMatchObject({ code: 2, stdout: "" });
  });

  test("one format at a time; with --json the error is a document too", async () => {
    const result = await cli.run(["sweep", "-", "--json", "--csv"], { stdin: small });
    expect(result.stderr).toMatch(/cannot be used with/);
    expect(JSON.parse(result.stdout)).toHaveProperty("error.message");
    expect(result.code).toBe(2);
  });

  test("the same bytes on any number of threads, and joined from shards", async () => {
    const args = ["specs/tiny.mnet", "--set", "size=32..96/32", "--set", "classes=2..60/1"];
    const whole = await cli.run(["sweep", ...args, "--csv", "--jobs", "1"]);
    expect(whole.stdout.split("\n").length).toBeGreaterThan(100);
    const threads = await cli.run(["sweep", ...args, "--csv", "--jobs", "3"]);
    expect(threads).toEqual(whole);
    const byDefault = await cli.run(["sweep", ...args, "--csv"]);
    expect(byDefault).toEqual(whole);
    const shards = await Promise.all(
      [1, 2, 3].map((shard) => cli.run(["sweep", ...args, "--csv", "--shard", `${shard}/3`])),
    );
    const joined = shards.flatMap(({ stdout }) => stdout.trimEnd().split("\n").slice(1));
    joined.sort((a, b) => Number(a.split(",")[0]) - Number(b.split(",")[0]));
    expect(joined).toEqual(whole.stdout.trimEnd().split("\n").slice(1));
  });

  test("threads read imports where the spec lies", async () => {
    const args = ["specs/kitchen_sink.mnet", "--jobs", "2"];
    const { code, stdout } = await cli.run(["sweep", ...args, "--csv"]);
    expect(stdout).toMatch(/^index,params,macs,peak_bytes,weight_bytes,error\n0,\d+,\d+,\d+,\d+,\n$/);
    expect(code).toBe(0);
  });

  test("--plot writes an SVG, and the table is still printed", async () => {
    const plot = join(folder, "plots/a.svg");
    const { code, stdout, stderr } = await cli.run(["sweep", "-", "--set", "width=4..24/4", "--plot", plot], {
      stdin: small,
    });
    expect(code).toBe(0);
    expect(stdout).toContain("6 variants of N");
    expect(stderr).toContain("a.svg");
    expect(readFileSync(plot, "utf8")).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(existsSync(plot)).toBe(true);
  });

  test("1 000 variants of MobileNetV2 take seconds", async () => {
    const before = process.hrtime.bigint();
    const { code, stdout } = await cli.run([
      "sweep",
      "specs/mobilenet_v2.mnet",
      "--set",
      "width=0.1..2.0/0.05",
      "--set",
      "size=32..832/32",
      "--csv",
    ]);
    const seconds = Number(process.hrtime.bigint() - before) / 1e9;
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(1 + 39 * 26);
    // Alone on two cores it takes some four seconds; other tests run beside this one.
    expect(seconds).toBeLessThan(40);
  }, 120_000);
});
