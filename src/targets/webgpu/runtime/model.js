// Runs a network that mnet compiled: the dispatches of plan.json, with the programs of kernels/*.wgsl and the numbers of
// weights.bin. This file is the same for every network and imports nothing.

// Node has no global GPUBufferUsage.
const MAP_READ = 0x1; // GPUMapMode.READ as well
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const STORAGE = 0x80;
const TEXTURE_USAGE = 0x2 | 0x4 | 0x10; // COPY_DST | TEXTURE_BINDING | RENDER_ATTACHMENT

/** Prepares all that a run needs. model.d.ts describes parameters and result. */
export async function loadModel(device, { read: readFile = readBeside, onProgress, onWarning = console.warn } = {}) {
  const read = readerOfFiles(readFile);
  // What a model holds: `unusable` says why it cannot run, `owned` are the buffers to destroy with it.
  const model = { device, read, pipelines: new Map(), owned: [], picture: null, tops: [], unusable: null };
  device.lost.then(({ reason, message }) => {
    model.unusable ??= `The WebGPU device was lost (${reason}: ${message}); ask for a new one and load the model again.`;
  });
  const plan = (model.plan = await read("plan.json", (bytes) => JSON.parse(textOf(bytes))));
  if (plan.version !== 1) {
    throw fromOneBuild(`plan.json is of version ${plan.version}, and this model.js reads version 1`);
  }
  checkDevice(device, plan.requires);
  const isSoftware = device.adapterInfo?.isFallbackAdapter === true;
  if (isSoftware) onWarning(`${plan.network} runs on a software adapter, slowly.`);
  const bytes = await readParts(model, onProgress);
  const destroy = () => {
    model.unusable = "This model was destroyed; load it again.";
    for (const buffer of model.owned) buffer.destroy();
    model.picture?.texture.destroy();
  };
  try {
    await guarded(device, "the network", () => allocate(model, bytes));
  } catch (error) {
    destroy();
    throw error;
  }

  const plain = {
    wayIn: () => ({ steps: [], write: (values) => writeTensor(model, values) }),
    wayOut: () => model.outputs,
  };
  const ofImage = (source) => {
    // An image of the input's size goes to the network's first kernel, if that reads images.
    const fits = `${sizeOf(source)}` === `${plan.input.shape[1]},${plan.input.shape[0]}`;
    const reader = (fits && plan.image?.first) || plan.image;
    return { ...plain, extra: [reader], wayIn: () => asImage(model, source, reader) };
  };
  const runTopK = (source, k = 5) => {
    const { extra = [], wayIn } = isFloats(source) ? plain : ofImage(source);
    return runOnce(model, source, { extra: [...extra, plan.topK], wayIn, wayOut: () => bestOf(model, k) });
  };
  return {
    network: plan.network,
    input: plan.input,
    outputs: plan.outputs,
    labels: plan.labels,
    memory: plan.memory,
    isSoftware,
    program: { device, plan, buffers: model.buffers, dispatches: model.dispatches },
    run: (values) => runOnce(model, values, plain),
    runImage: (source) => runOnce(model, source, ofImage(source)),
    runTopK,
    destroy,
  };
}

/** Returns a function that reads a file as a Uint8Array, or as what `decode` makes of it. Its errors name the file. */
const readerOfFiles =
  (readFile) =>
  async (path, decode = (bytes) => bytes) => {
    try {
      const content = await readFile(path);
      return decode(new Uint8Array(content.buffer ?? content, content.byteOffset ?? 0, content.byteLength));
    } catch (error) {
      throw new Error(`${path} cannot be read: ${error.message ?? error}`, { cause: error });
    }
  };

const fromOneBuild = (wrong) => new Error(`${wrong}; take both from one build.`);

/** Compiles the kernels while the weights load. Returns the bytes of the weights. */
async function readParts(model, onProgress) {
  const { plan, read } = model;
  let done = 0;
  const counted = async ({ file }, work) => {
    const result = await work;
    onProgress?.({ file, done: ++done, total: plan.kernels.length + 1 });
    return result;
  };
  const [bytes] = await Promise.all([
    counted(plan.weights, read(plan.weights.file)),
    ...plan.kernels.map((kernel) => counted(kernel, prepare(model, kernel))),
  ]);
  const { file, size } = plan.weights;
  if (bytes.length !== size) throw fromOneBuild(`${file} has ${bytes.length} bytes, and plan.json asks for ${size}`);
  return bytes;
}

const prepare = async (model, kernel) => model.pipelines.set(kernel, await compile(model, kernel.file));

/** Makes the buffers, writes the weights, and makes the dispatches and the way out of a plain run. */
function allocate(model, bytes) {
  const { device, plan } = model;
  model.buffers = plan.buffers.map(({ size }) => createBuffer(model, size, STORAGE | COPY_SRC | COPY_DST));
  model.weightBuffers = plan.weights.buffers.map(({ offset, size }) => {
    const buffer = createBuffer(model, size, STORAGE | COPY_DST);
    device.queue.writeBuffer(buffer, 0, bytes, offset, size);
    return buffer;
  });
  model.dispatches = plan.dispatches.map((each) => bound(model, plan.kernels[each.kernel], each));
  const slices = plan.outputs.map((output) => sliceOf(model, output));
  model.outputs = createWayOut(model, [], slices, (mapped) => {
    let at = 0;
    const valuesOf = ({ name, size }) => [name, new Float32Array(mapped.slice(at, (at += size)))];
    return Object.fromEntries(plan.outputs.map(valuesOf));
  });
}

function createBuffer({ device, owned }, size, usage) {
  const buffer = device.createBuffer({ size, usage });
  owned.push(buffer);
  return buffer;
}

const sliceOf = ({ buffers }, { buffer, offset, size }) => ({ buffer: buffers[buffer], offset, size });

/** Makes a dispatch with its bind group. */
function step({ device, pipelines }, kernel, workgroups, resources) {
  const pipeline = pipelines.get(kernel);
  const entries = resources.map((resource, binding) => ({ binding, resource }));
  return { pipeline, workgroups, group: device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }) };
}

/** Makes a dispatch of the plan. `from` is what it reads in place of its inputs. */
function bound(model, kernel, { workgroups, inputs, weights, output }, from) {
  const { entries, buffers } = model.plan.weights;
  const weight = (index) => {
    const { buffer, offset, size } = entries[index];
    return { buffer: model.weightBuffers[buffer], offset: offset - buffers[buffer].offset, size };
  };
  const read = from ?? inputs.map((input) => sliceOf(model, input));
  return step(model, kernel, workgroups, [...read, ...weights.map(weight), sliceOf(model, output)]);
}

/** Makes what reads `slices` back after `steps`, and decodes them. Each run borrows a buffer of `idle`. */
function createWayOut(model, steps, slices, decode) {
  const size = slices.reduce((sum, slice) => sum + slice.size, 0);
  return { steps, slices, decode, size, idle: [createBuffer(model, size, MAP_READ | COPY_DST)] };
}

/** Runs once. It submits everything before it awaits anything, so runs may overlap: the queue keeps their order. */
async function runOnce(model, source, { extra = [], wayIn, wayOut }) {
  if (extra.includes(null)) throw new TypeError("This network reads no images, or gives too many values to rank.");
  // These kernels compile when they are first used.
  for (const kernel of extra) if (!model.pipelines.has(kernel)) await prepare(model, kernel);
  if (model.unusable !== null) throw new Error(model.unusable);
  let out, staging;
  try {
    await guarded(model.device, "the run", () => {
      const { write, steps, skip } = wayIn();
      out = wayOut();
      write(source);
      staging = out.idle.pop() ?? createBuffer(model, out.size, MAP_READ | COPY_DST);
      const encoder = model.device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      for (const { pipeline, group, workgroups } of [...steps, ...model.dispatches.slice(skip), ...out.steps]) {
        pass.setPipeline(pipeline);
        pass.setBindGroup(0, group);
        pass.dispatchWorkgroups(...workgroups);
      }
      pass.end();
      let at = 0;
      for (const { buffer, offset, size } of out.slices) {
        encoder.copyBufferToBuffer(buffer, offset, staging, at, size);
        at += size;
      }
      model.device.queue.submit([encoder.finish()]);
      return staging.mapAsync(MAP_READ);
    });
  } catch (error) {
    await Promise.resolve();
    throw model.unusable === null ? error : new Error(model.unusable);
  }
  const result = out.decode(staging.getMappedRange());
  staging.unmap();
  out.idle.push(staging);
  return result;
}

function writeTensor({ device, buffers, plan: { input } }, values) {
  const wanted = `"${input.name}" is a Float32Array of ${input.size / 4} values (${input.shape.join("x")}, NHWC)`;
  if (!isFloats(values)) throw new TypeError(`${wanted}, and this is ${nameOf(values)}.`);
  if (values.length !== input.size / 4) throw new RangeError(`${wanted}, and this one has ${values.length}.`);
  device.queue.writeBuffer(buffers[input.buffer], input.offset, values);
}

/** Prepares an image. It keeps the last texture, so that all frames of a video share one. */
function asImage(model, source, reader) {
  const { device, plan, picture } = model;
  const size = sizeOf(source);
  if (!size.every((extent) => extent > 0)) throw new TypeError(`An image is wanted, and this is ${nameOf(source)}.`);
  if (`${picture?.size}` === `${size}`) return picture;
  picture?.texture.destroy();
  const texture = device.createTexture({ size, format: "rgba8unorm", usage: TEXTURE_USAGE });
  const write = (image) =>
    image.data === undefined
      ? device.queue.copyExternalImageToTexture({ source: image }, { texture }, size)
      : device.queue.writeTexture({ texture }, image.data, { bytesPerRow: 4 * size[0] }, size);
  const view = texture.createView();
  const how =
    reader === plan.image
      ? { steps: [step(model, reader, reader.workgroups, [view, sliceOf(model, plan.input)])] }
      : { steps: [bound(model, reader, plan.dispatches[0], [view])], skip: 1 };
  return (model.picture = { size, texture, write, ...how });
}

/** Returns the way out that ranks an output's values and reads the best `k` back. It is made at the first call for each `k`. */
function bestOf(model, k) {
  const { topK, labels, outputs } = model.plan;
  const from = outputs[topK.output];
  const most = from.size / 4;
  if (!Number.isInteger(k) || k < 1 || k > most) {
    throw new RangeError(`k is a whole number from 1 to ${most}, and this is ${k}.`);
  }
  if (model.tops[k] !== undefined) return model.tops[k];
  const top = { buffer: createBuffer(model, 8 * k, STORAGE | COPY_SRC), offset: 0, size: 8 * k };
  const ranking = (mapped) => {
    const values = new Float32Array(mapped, 4 * k);
    return [...new Uint32Array(mapped, 0, k)]
      .map((index, rank) => ({ index, value: values[rank], label: labels?.[index] ?? null }))
      .filter(({ value }) => !Number.isNaN(value));
  };
  const rank = step(model, topK, topK.workgroups, [sliceOf(model, from), top]);
  return (model.tops[k] = createWayOut(model, [rank], [top], ranking));
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

const textOf = (bytes) => new TextDecoder().decode(bytes);

function checkDevice(device, { features, limits }) {
  const ask = (needs, request) => {
    throw new Error(`This network needs ${needs}; ask for it: requestDevice({ ${request} }).`);
  };
  for (const name of features) {
    if (!device.features.has(name)) ask(`the WebGPU feature "${name}"`, `requiredFeatures: ["${name}"]`);
  }
  for (const [name, needs] of Object.entries(limits)) {
    const has = device.limits[name];
    if (!(has >= needs)) ask(`${name} ${needs}, and the device has ${has}`, `requiredLimits: { ${name}: ${needs} }`);
  }
}

async function compile({ device, read }, file) {
  const code = await read(file, textOf);
  device.pushErrorScope("validation");
  const compute = { module: device.createShaderModule({ code, label: file }), entryPoint: "main" };
  const refused = device.popErrorScope();
  try {
    const compiling = device.createComputePipelineAsync({ label: file, layout: "auto", compute });
    return (await Promise.all([compiling, refused]))[0];
  } catch (error) {
    throw new Error(`${file} does not compile: ${((await refused) ?? error).message}`, { cause: error });
  }
}

/** Does something at once, and throws an error if the device refuses it. */
async function guarded(device, what, action) {
  device.pushErrorScope("out-of-memory");
  device.pushErrorScope("validation");
  let result, scopes;
  try {
    result = action();
  } finally {
    scopes = [device.popErrorScope(), device.popErrorScope()];
  }
  const [invalid, exhausted] = await Promise.all([...scopes, result]);
  // A buffer without memory is invalid in all uses.
  if (exhausted !== null) throw new Error(`The device has no memory for ${what}: ${exhausted.message}`);
  if (invalid !== null) throw new Error(`The device refuses ${what}: ${invalid.message}`);
}

/** Width and height of anything that can be an image. */
const sizeOf = (from) => [
  from?.displayWidth ?? from?.videoWidth ?? from?.naturalWidth ?? from?.width,
  from?.displayHeight ?? from?.videoHeight ?? from?.naturalHeight ?? from?.height,
];

const nameOf = (value) => value?.constructor?.name ?? String(value);
// Compared by name, since an array may come from another realm.
const isFloats = (value) => nameOf(value) === "Float32Array";
