import { expect, test } from "vitest";
import { renderComparison, renderProfile } from "../../src/cli/print/render-bench.ts";

const around = { network: "Tiny", host: "Node 20.20.2", adapter: "SwiftShader", isSoftware: true, load: 0.42 };

test("a comparison", () => {
  const text = renderComparison(around, [
    {
      name: "mnet",
      status: "ran",
      first: 1681,
      steady: { median: 0.6123, fastest: 0.481, runs: 5 },
      ratio: { first: 1, steady: 1 },
      difference: 0,
    },
    {
      name: "tfjs-layers",
      status: "ran",
      first: 12_693,
      steady: { median: 5020, fastest: 99.97, runs: 5 },
      ratio: { first: 7.5509, steady: 8198.6 },
      difference: 1e-6,
    },
    { name: "tfjs-graph", status: "skipped", reason: "it is not installed" },
  ]);
  expect(text).toBe(
    [
      "Tiny on SwiftShader (a CPU plays the GPU), Node 20.20.2, load 0.4 at the start",
      "",
      "                     first run                median                       fastest",
      "mnet                   1681 ms              0.612 ms                 0.481 ms of 5",
      "tf.js, layers model     12.7 s  7.55 times   5020 ms  8198.60 times    100 ms of 5",
      "",
      "tf.js, graph model: skipped, it is not installed",
    ].join("\n"),
  );
});

test("a profile names the layers of each dispatch", () => {
  const text = renderProfile({ ...around, isSoftware: false }, [
    { index: 0, layers: ["stem"], kernel: "kernels/conv.wgsl", workgroups: [1, 1, 16], microseconds: 750, repeats: 4 },
    { index: 1, layers: ["a", "b"], kernel: "kernels/sum.wgsl", workgroups: [2, 1, 1], microseconds: 250, repeats: 8 },
  ]);
  expect(text).toBe(
    [
      "Tiny on SwiftShader, Node 20.20.2, load 0.4 at the start",
      "",
      "       time   share  workgroups  kernel  layers",
      "0  0.750 ms  75.0 %      1x1x16  conv    stem",
      "1  0.250 ms  25.0 %       2x1x1  sum     a + b",
      "",
      "1.00 ms in 2 dispatches",
    ].join("\n"),
  );
});
