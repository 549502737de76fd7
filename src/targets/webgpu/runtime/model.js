// Runs a network that mnet compiled. plan.json says what is computed where, kernels/*.wgsl how, weights.bin with which
// numbers; this file is the same for every network. It imports nothing and runs in browsers, Node, Deno and Bun.

const PLAN_VERSION = 1;

// GPUBufferUsage and GPUMapMode are not global everywhere.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const STORAGE = 0x80;
const MODE_READ = 0x1;

/**
 * Reads a compiled network and makes everything ready that a run needs: buffers, pipelines, bind groups.
 * @param device a GPUDevice
 * @param options `read(path)` gives a file's bytes; by default files lie beside this one
 */
export async function loadModel(device, options = {}) {
  const read = reader(options.read ?? readBeside);
  let lost = null;
  device.lost.then((info) => (lost = info));

  const plan = parsePlan(await read("plan.json"));
  checkDevice(device, plan.requires);

  // Kernels compile while the weights are still on their way.
  const compiling = Promise.all(plan.kernels.map((kernel) => compile(device, read, kernel.file)));
  const weights = read(plan.weights.file);
  const [pipelines, bytes] = await Promise.all([compiling, weights]);
  if (bytes.byteLength !== plan.weights.size) {
    throw new Error(
      `${plan.weights.file} has ${bytes.byteLength} bytes, and plan.json asks for ${plan.weights.size}; take both from one build.`,
    );
  }

  const stagingSize = plan.outputs.reduce((sum, output) => sum + output.size, 0);
  const owned = [];
  const create = (size, usage) => {
    const buffer = device.createBuffer({ size: Math.max(4, size), usage });
    owned.push(buffer);
    return buffer;
  };
  let activations, staging, groups;
  try {
    groups = await guarded(device, "making buffers and bind groups", () => {
      activations = plan.buffers.map(({ size }) => create(size, STORAGE | COPY_SRC | COPY_DST));
      staging = create(stagingSize, MAP_READ | COPY_DST);
      const weightBuffers = plan.weights.buffers.map(({ offset, size }) => {
        const buffer = create(size, STORAGE | COPY_DST);
        device.queue.writeBuffer(buffer, 0, bytes, offset, size);
        return buffer;
      });
      const weightSlices = plan.weights.entries.map(({ buffer, offset, size }) => ({
        buffer: weightBuffers[buffer],
        offset: offset - plan.weights.buffers[buffer].offset,
        size,
      }));
      const slice = ({ buffer, offset, size }) => ({ buffer: activations[buffer], offset, size });
      return plan.dispatches.map(({ kernel, inputs, weights, output }) => {
        const resources = [...inputs.map(slice), ...weights.map((index) => weightSlices[index]), slice(output)];
        return device.createBindGroup({
          layout: pipelines[kernel].getBindGroupLayout(0),
          entries: resources.map((resource, binding) => ({ binding, resource })),
        });
      });
    });
  } catch (error) {
    for (const buffer of owned) buffer.destroy();
    throw error;
  }

  let destroyed = false;
  let proven = false;
  const checkUsable = () => {
    if (destroyed) throw new Error("This model was destroyed; load it again.");
    if (lost !== null) throw new Error(lossMessage(lost));
  };

  const encodeDispatch = (pass, index) => {
    const { kernel, workgroups } = plan.dispatches[index];
    pass.setPipeline(pipelines[kernel]);
    pass.setBindGroup(0, groups[index]);
    pass.dispatchWorkgroups(workgroups[0], workgroups[1], workgroups[2]);
  };

  const writeInput = (image) => {
    const { buffer, offset } = plan.input;
    device.queue.writeBuffer(activations[buffer], offset, image.buffer, image.byteOffset, image.byteLength);
  };

  const submitRun = (image) => {
    writeInput(image);
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    for (let index = 0; index < plan.dispatches.length; index++) encodeDispatch(pass, index);
    pass.end();
    let at = 0;
    for (const { buffer, offset, size } of plan.outputs) {
      encoder.copyBufferToBuffer(activations[buffer], offset, staging, at, size);
      at += size;
    }
    device.queue.submit([encoder.finish()]);
  };

  const runNow = async (image) => {
    checkUsable();
    // What a device refuses in one run it refuses in every one, so the first is watched.
    if (proven) submitRun(image);
    else await guarded(device, "the first run", () => submitRun(image));
    proven = true;
    await staging.mapAsync(MODE_READ);
    const mapped = staging.getMappedRange();
    const result = {};
    let at = 0;
    for (const { name, size } of plan.outputs) {
      result[name] = new Float32Array(mapped.slice(at, at + size));
      at += size;
    }
    staging.unmap();
    return result;
  };

  const traceNow = async (image) => {
    checkUsable();
    const largest = Math.max(4, ...plan.dispatches.map(({ output }) => output.size));
    const copy = device.createBuffer({ size: largest, usage: MAP_READ | COPY_DST });
    const values = [];
    try {
      writeInput(image);
      for (let index = 0; index < plan.dispatches.length; index++) {
        const { layers, output } = plan.dispatches[index];
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        encodeDispatch(pass, index);
        pass.end();
        encoder.copyBufferToBuffer(activations[output.buffer], output.offset, copy, 0, output.size);
        await guarded(device, `the dispatch of "${layers[0]}"`, () => device.queue.submit([encoder.finish()]));
        await copy.mapAsync(MODE_READ, 0, output.size);
        const data = new Float32Array(copy.getMappedRange(0, output.size).slice(0));
        copy.unmap();
        values.push({ layers, path: output.path, shape: output.shape, data });
      }
    } finally {
      copy.destroy();
    }
    return values;
  };

  // Runs share their buffers, so each waits for the one before.
  let waiting = 0;
  let last = Promise.resolve();
  const inTurn = async (work, image) => {
    checkImage(image, plan.input);
    checkUsable();
    // Who waits keeps the pixels of the moment of the call.
    const own = waiting === 0 ? image : image.slice();
    const turn = waiting === 0 ? work(own) : last.then(() => work(own));
    waiting++;
    last = turn.catch(() => {}).then(() => waiting--);
    try {
      return await turn;
    } catch (error) {
      await Promise.resolve();
      checkUsable();
      throw error;
    }
  };

  return {
    network: plan.network,
    input: { name: plan.input.name, shape: plan.input.shape, normalization: plan.input.normalization },
    outputs: plan.outputs.map(({ name, shape }) => ({ name, shape })),
    memory: plan.memory,
    run: (image) => inTurn(runNow, image),
    trace: (image) => inTurn(traceNow, image),
    destroy() {
      destroyed = true;
      for (const buffer of owned) buffer.destroy();
    },
  };
}

/** Makes an ArrayBuffer of whatever bytes a reader gives, and names the file that it could not read. */
function reader(read) {
  return async (path) => {
    let content;
    try {
      content = await read(path);
    } catch (error) {
      throw new Error(`${path} cannot be read: ${error?.message ?? error}`, { cause: error });
    }
    if (ArrayBuffer.isView(content)) {
      const { buffer, byteOffset, byteLength } = content;
      return byteOffset === 0 && byteLength === buffer.byteLength
        ? buffer
        : buffer.slice(byteOffset, byteOffset + byteLength);
    }
    if (Object.prototype.toString.call(content) === "[object ArrayBuffer]") return content;
    throw new Error(
      `${path} cannot be read: "read" gave no ArrayBuffer, but ${content === null ? "null" : typeof content}.`,
    );
  };
}

async function readBeside(path) {
  const url = new URL(path, import.meta.url);
  // Node has no fetch for files.
  const fs = url.protocol === "file:" ? globalThis.process?.getBuiltinModule?.("node:fs") : undefined;
  if (fs !== undefined) return fs.promises.readFile(url);
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return response.arrayBuffer();
}

function parsePlan(bytes) {
  let plan;
  try {
    plan = JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw new Error(`plan.json is not JSON: ${error.message}`, { cause: error });
  }
  if (plan?.version !== PLAN_VERSION) {
    throw new Error(
      `plan.json is of version ${plan?.version}, and this model.js reads version ${PLAN_VERSION}; take both from one build.`,
    );
  }
  return plan;
}

function checkDevice(device, { features, limits }) {
  for (const feature of features) {
    if (device.features.has(feature)) continue;
    throw new Error(
      `This network needs the WebGPU feature "${feature}"; ask for it: requestDevice({ requiredFeatures: ["${feature}"] }).`,
    );
  }
  for (const [name, needs] of Object.entries(limits)) {
    const has = device.limits[name];
    if (has >= needs) continue;
    throw new Error(
      `This network needs ${name} ${needs}, and the device has ${has}; ask for it: requestDevice({ requiredLimits: { ${name}: ${needs} } }).`,
    );
  }
}

async function compile(device, read, file) {
  const code = new TextDecoder().decode(await read(file));
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code, label: file });
  const scope = device.popErrorScope();
  try {
    const compute = { module, entryPoint: "main" };
    const pipeline = await device.createComputePipelineAsync({ label: file, layout: "auto", compute });
    await scope;
    return pipeline;
  } catch (error) {
    const { messages } = await module.getCompilationInfo();
    const found = messages.find(({ type }) => type === "error");
    const reason =
      found === undefined ? error.message : `line ${found.lineNum}, column ${found.linePos}: ${found.message}`;
    throw new Error(`${file} does not compile: ${reason}`, { cause: error });
  }
}

/** Does something at once, and turns what the device refuses of it into an error. */
async function guarded(device, what, action) {
  device.pushErrorScope("out-of-memory");
  device.pushErrorScope("validation");
  let result;
  let scopes;
  try {
    result = action();
  } finally {
    scopes = Promise.all([device.popErrorScope(), device.popErrorScope()]);
  }
  const [invalid, exhausted] = await scopes;
  // What has no memory is invalid in everything that follows.
  if (exhausted !== null)
    throw new Error(`The device has no memory for ${what}: ${exhausted.message || "out of memory"}`);
  if (invalid !== null) throw new Error(`The device refuses ${what}: ${invalid.message}`);
  return result;
}

function checkImage(image, { name, shape, size }) {
  const wanted = `"${name}" is a Float32Array of ${size / 4} values (${shape.join("x")}, NHWC)`;
  if (Object.prototype.toString.call(image) !== "[object Float32Array]") {
    throw new TypeError(
      `${wanted}, and this is ${image === null ? "null" : (image?.constructor?.name ?? typeof image)}.`,
    );
  }
  if (image.length !== size / 4) throw new RangeError(`${wanted}, and this one has ${image.length}.`);
}

function lossMessage({ reason, message }) {
  return `The WebGPU device was lost (${reason || "unknown"})${message ? `: ${message}` : ""}; ask for a new one and load the model again.`;
}
