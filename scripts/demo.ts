import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { tryNodeDevice } from "../src/gpu/node-device.ts";
import { restartWithAdapter } from "../src/gpu/restart-with-adapter.ts";
import { demoDigits } from "./demo/digits.ts";
import { demoPhotograph } from "./demo/photograph.ts";

/**
 * `npm run demo` builds two networks for tf.js and WebGPU and runs them: one on a photograph, and one on handwritten
 * digits.
 */
async function demo(): Promise<void> {
  const gpu = await tryNodeDevice();
  const adapter = gpu === null ? "none" : `${gpu.name}${gpu.isSoftware ? " (a software adapter)" : ""}`;
  console.log(`Specs to tf.js and WebGPU. WebGPU adapter: ${adapter}\n`);
  await demoPhotograph(gpu, "build/demo/mobilenet_v2");
  await demoDigits(gpu, "build/demo/digits");
  gpu?.close();
  if (gpu === null) {
    console.log("\nThere is no WebGPU adapter on this machine, so the WebGPU programs were built and not run.");
  }
}

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));
const status = await restartWithAdapter();
if (status === null) {
  try {
    await demo();
    process.exitCode = 0;
  } catch (cause) {
    console.error(`\n${cause instanceof Error ? cause.message : String(cause)}`);
    process.exitCode = 1;
  }
} else process.exitCode = status;
process.exit();
