/**
 * The page of `mnet bench --browser`. It puts the functions of a host on `globalThis.bench`, and says in `has` which contenders can
 * run.
 */
export const benchPage = `<!doctype html>
<title>mnet bench</title>
<link rel="icon" href="data:," />
<script src="tfjs/tf.min.js"></script>
<script src="tfjs-webgpu/tf-backend-webgpu.min.js"></script>
<script type="module">
  import * as contenders from "./contenders.js";
  import { loadModel } from "./mnet/model.js";

  const { shape, outputAt, onnxInput } = await (await fetch("network.json")).json();
  const values = new Float32Array(await (await fetch("input.f32")).arrayBuffer());
  const adapter = await navigator.gpu.requestAdapter({ powerPreference: "high-performance" });
  const requiredFeatures = ["timestamp-query", "shader-f16"].filter((feature) => adapter.features.has(feature));
  const device = await adapter.requestDevice({ requiredFeatures });
  const { tf } = globalThis;
  const hasTfjs = tf !== undefined && (await tf.setBackend("webgpu"));
  tf?.enableProdMode();
  const ort = await import("./ort/ort.webgpu.min.mjs").catch(() => null);
  if (ort !== null) ort.env.wasm.wasmPaths = new URL("ort/", location).href;

  const mnet = () => contenders.openMnet({ loadModel, device });
  const opens = {
    mnet,
    "tfjs-layers": () =>
      contenders.openTfjs({ tf, load: () => tf.loadLayersModel("layers/model.json"), shape, at: outputAt.layers }),
    "tfjs-graph": () =>
      contenders.openTfjs({ tf, load: () => tf.loadGraphModel("graph/model.json"), shape, at: outputAt.graph }),
    "onnxruntime-web": () =>
      contenders.openOnnx({ ort, bytes: "model.onnx", shape, input: onnxInput, provider: "webgpu" }),
  };
  const plain = ({ output, ...times }) => ({ output: [...output], ...times });
  globalThis.bench = {
    adapter: {
      name: adapter.info.description || adapter.info.device || adapter.info.vendor + " " + adapter.info.architecture,
      isSoftware: adapter.info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(adapter.info.architecture),
      features: requiredFeatures,
    },
    has: { mnet: true, "tfjs-layers": hasTfjs, "tfjs-graph": hasTfjs, "onnxruntime-web": ort !== null },
    first: async (name) => plain(await contenders.timeFirst(opens[name], values)),
    steady: async ({ names, effort }) =>
      (await contenders.timeSteady(names.map((name) => opens[name]), values, effort)).map(plain),
    async profile() {
      if (!requiredFeatures.includes("timestamp-query")) throw new Error("The adapter has no time stamps.");
      const { model, close } = await mnet();
      try {
        return await contenders.profileDispatches(model, values);
      } finally {
        await close();
      }
    },
  };
</script>`;
