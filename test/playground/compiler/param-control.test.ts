import { expect, test } from "vitest";
import { playSession, shippedDocument } from "../play-session.ts";

const session = playSession();

const controlsOf = async (text: string, params: Readonly<Record<string, string>> = {}, network: string | null = null) =>
  (await session.answer("analysis", { name: "spec.mnet", text, network, params }, null)).params;

const withParams = (lines: string): string => `
network Net {
  ${lines}
  input image [8, 8, 3]
  conv 1x1 4
}
`;

test("a range is a slider, in the steps that it declares or else in steps that the default lies on", async () => {
  expect((await session.answer("analysis", shippedDocument("mobilenet_v2.mnet"), null)).params).toEqual([
    { name: "width", doc: null, kind: "slider", value: "1", fallback: "1", low: 0.1, high: 2, step: 0.05 },
    { name: "size", doc: null, kind: "slider", value: "224", fallback: "224", low: 32, high: 1024, step: 32 },
    { name: "classes", doc: null, kind: "field", value: "1000", fallback: "1000", numeric: true },
  ]);
  const [repeats] = await controlsOf(withParams("param n = 6 in 1 .. 36"));
  expect(repeats).toMatchObject({ kind: "slider", low: 1, high: 36, step: 1 });
});

test("bounds may be computed, and a range that holds nothing is no slider", async () => {
  const [size] = await controlsOf(withParams("param size = 32 * 4 in 32 .. 32 * 8 step 8"));
  expect(size).toMatchObject({ kind: "slider", value: "128", low: 32, high: 256, step: 8 });
  const [none] = await controlsOf(withParams("param size = 3 in 9 .. 1"));
  expect(none).toMatchObject({ kind: "field" });
});

test("booleans and activations are choices, texts are fields", async () => {
  const [fast, act] = await controlsOf(withParams("param fast = true\n  param a = relu"), { a: "relu6" });
  expect(fast).toMatchObject({ kind: "choice", value: "true", choices: ["true", "false"] });
  expect(act).toMatchObject({ kind: "choice", value: "relu6", fallback: "relu" });
  expect(act?.kind === "choice" && act.choices).toContain("leaky_relu");
});

test("a preset has the params of its network, with its own values for defaults", async () => {
  const text = `${withParams("param width = 1.0 in 0.5 .. 2.0")}\nnetwork Half = Net(width=0.5)\n`;
  const [width] = await controlsOf(text, {}, "Half");
  expect(width).toMatchObject({ name: "width", value: "0.5", fallback: "0.5" });
});

test("a param in error is left out", async () => {
  expect(await controlsOf(withParams("param width = nowhere"))).toEqual([]);
});
