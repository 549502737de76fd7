import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { lintOptionsOf } from "../../src/config/lint-options.ts";
import { parseConfig } from "../../src/config/parse-config.ts";
import { presetNames, presets } from "../../src/config/presets.ts";
import { parseQuantity } from "../../src/config/quantity.ts";
import { rules } from "../../src/lint/rules/index.ts";
import { limitsNames } from "../../src/targets/webgpu/schedule/named-limits.ts";
import { projectRoot } from "../support/cli-process.ts";

const schema = JSON.parse(readFileSync(join(projectRoot, "generated/config.schema.json"), "utf8")) as object;
const fitsSchema = new Ajv.Ajv2020({ allErrors: true }).compile(schema);

const everything = {
  $schema: "./node_modules/mnet/generated/config.schema.json",
  preset: "strict",
  rules: { "bias-before-bn": "off", "bn-on-logits": "error" },
  budgets: { "*": { parameters: "3.6M", weightBytes: "7MiB" }, Tiny: { multiplyAdds: 1000, peakMemory: "64KiB" } },
  limits: ["webgpu-core", "apple-m"],
  maxWarnings: 3,
  baseline: "known.json",
};

describe("a configuration", () => {
  it("is read with its quantities as numbers, and fits the schema that editors have", () => {
    expect(fitsSchema(everything), JSON.stringify(fitsSchema.errors)).toBe(true);
    const { value } = parseConfig(JSON.stringify(everything));
    expect(value?.budgets).toEqual({
      "*": { parameters: 3_600_000, weightBytes: 7 * 2 ** 20 },
      Tiny: { multiplyAdds: 1000, peakMemory: 65_536 },
    });
    expect(parseConfig("\uFEFF{}").value).toEqual({});
  });

  it.each([
    ["{", /^it is not JSON: /],
    ["[]", /expected object/],
    ['{"rule": {}}', /^there is no setting "rule"; did you mean "rules"\?$/],
    [
      '{"rules": {"bias-befor-bn": "off"}}',
      /^rules: there is no rule "bias-befor-bn"; did you mean "bias-before-bn"\?$/,
    ],
    [
      '{"rules": {"unknown-option": "off"}}',
      /^rules: "unknown-option" is found by the compiler and is always an error$/,
    ],
    ['{"rules": {"bias-before-bn": "warn"}}', /^rules\.bias-before-bn: .*"warning"/],
    ['{"budgets": {"N": {"params": 3}}}', /^budgets\.N: there is no setting "params"/],
    ['{"budgets": {"N": {"parameters": "3.6 M"}}}', /^budgets\.N\.parameters: /],
    ['{"budgets": {"N": {"parameters": -1}}}', /^budgets\.N\.parameters: /],
    ['{"limits": "geforce-2"}', /^limits: /],
    ['{"maxWarnings": 1.5}', /^maxWarnings: /],
  ])("%s is refused with what is wrong", (text, problem) => {
    expect(parseConfig(text).problem).toMatch(problem);
    if (!text.startsWith("{")) return;
    try {
      expect(fitsSchema(JSON.parse(text))).toBe(false);
    } catch (cause) {
      expect(cause).toBeInstanceOf(SyntaxError);
    }
  });
});

describe("quantities", () => {
  it.each([
    [12, 12],
    ["12", 12],
    ["3.6M", 3_600_000],
    ["0.1K", 100],
    ["2G", 2e9],
    ["1.5KiB", 1536],
    ["7MiB", 7 * 2 ** 20],
    ["1GiB", 2 ** 30],
  ])("%s is %d", (written, value) => {
    expect(parseQuantity(written)).toBe(value);
  });
});

describe("presets", () => {
  const severities = (preset: (typeof presetNames)[number]) => lintOptionsOf({ preset }, {}).severities ?? {};

  it("recommended is each rule as its page says", () => {
    expect(severities("recommended")).toEqual(Object.fromEntries(rules.map(({ id, severity }) => [id, severity])));
    expect(lintOptionsOf({}, {})).toEqual(lintOptionsOf({ preset: "recommended" }, {}));
  });

  it("strict is never milder, and nothing is off", () => {
    const order = ["off", "info", "warning", "error"];
    for (const { id, severity } of rules) {
      const strict = severities("strict")[id] ?? "off";
      expect(order.indexOf(strict)).toBe(Math.min(3, order.indexOf(severity) + 1));
    }
  });

  it("what a preset sets is a rule that there is", () => {
    for (const name of presetNames) {
      for (const id of Object.keys(presets[name].rules))
        expect(
          rules.map((rule) => rule.id),
          name,
        ).toContain(id);
    }
  });

  it("edge-tpu warns of more weights than stay on the chip, unless the project grants more", () => {
    const { severities: own, budgets } = lintOptionsOf({ preset: "edge-tpu" }, {});
    expect([own?.["budget-exceeded"], budgets?.["*"]]).toEqual(["warning", { weightBytes: 4 * 7_224_688 }]);
    const granted = parseConfig('{"preset": "edge-tpu", "budgets": {"*": {"weightBytes": "64MiB"}, "N": {}}}').value!;
    expect(lintOptionsOf(granted, {}).budgets).toEqual({ "*": { weightBytes: 2 ** 26 }, N: {} });
  });

  it("a project's own severities go before the preset's, and a command line's preset before the project's", () => {
    const config = parseConfig(JSON.stringify(everything)).value!;
    const { severities: own, limits } = lintOptionsOf(config, {});
    expect([own?.["bias-before-bn"], own?.["bn-on-logits"]]).toEqual(["off", "error"]);
    expect(limits?.map(({ name }) => name)).toEqual(["webgpu-core", "apple-m"]);
    expect(lintOptionsOf({ preset: "webgpu" }, {}).limits?.map(({ name }) => name)).toEqual(["webgpu-core"]);
    expect(lintOptionsOf({ preset: "webgpu", limits: "intel" }, {}).limits?.map(({ name }) => name)).toEqual(["intel"]);
    const over = lintOptionsOf(config, { preset: "recommended", limits: ["warp"] });
    expect([over.limits?.map(({ name }) => name), over.severities?.["bn-on-logits"]]).toEqual([["warp"], "error"]);
    expect(limitsNames).toContain("webgpu-compat");
  });
});
