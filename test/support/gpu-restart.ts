// A command that requires a WebGPU adapter. A test starts it in a separate process.
import { requestNodeDevice } from "../../src/gpu/node-device.ts";
import { restartWithAdapter } from "../../src/gpu/restart-with-adapter.ts";

const status = await restartWithAdapter();
if (status === null) {
  const { name, close } = await requestNodeDevice();
  process.stdout.write(`${name} ${process.argv.slice(2).join(" ")}\n`);
  close();
  process.exitCode = 7;
} else {
  process.exitCode = status;
}
