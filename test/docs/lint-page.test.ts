import { expect, it } from "vitest";
import { parseConfig } from "../../src/config/parse-config.ts";
import { presets } from "../../src/config/presets.ts";
import { namedLimits } from "../../src/targets/webgpu/schedule/named-limits.ts";
import { documents, placeOf } from "./documents.ts";

const page = documents.find(({ name }) => name === "docs/lint.md")?.text ?? "";

/** Returns the other cells of the row that begins with a name in code. */
function rowOf(name: string): readonly string[] {
  const row = page.split("\n").find((line) => line.startsWith(`| \`${name}\` `));
  return (row ?? "")
    .split("|")
    .map((cell) => cell.trim())
    .slice(2, -1);
}

function bytes(value: number): string {
  if (value % 2 ** 30 === 0) return `${value / 2 ** 30} GiB`;
  return value % 2 ** 20 === 0 ? `${value / 2 ** 20} MiB` : `${value / 2 ** 10} KiB`;
}

it.each(namedLimits)("docs/lint.md says what $name grants", (limits) => {
  expect(rowOf(limits.name)).toEqual([
    limits.about,
    bytes(limits.maxStorageBufferBindingSize),
    bytes(limits.maxBufferSize),
    String(limits.maxStorageBuffersPerShaderStage),
    String(limits.maxComputeInvocationsPerWorkgroup),
    bytes(limits.maxComputeWorkgroupStorageSize),
  ]);
});

it.each(Object.entries(presets))("docs/lint.md says what the preset %s is", (name, { about }) => {
  expect(rowOf(name)).toEqual([about]);
});

const configurations = documents.flatMap(({ snippets }) => snippets.filter(({ language }) => language === "json"));

it.each(configurations.map((snippet) => [placeOf(snippet), snippet.text]))("%s is a configuration", (_, text) => {
  expect(parseConfig(text).problem).toBeNull();
});
