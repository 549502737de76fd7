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
  let unusable = null;
  device.lost.then(({ reason, message }) => {
    unusable ??= `The WebGPU device was lost (${reason}: ${message}); ask for a new one and load the model again.`;
  });
  /** Reads a file as a Uint8Array, or as what `decode` makes of it. Errors name the file. */
  const read = async (path, decode = (bytes) => bytes) => {
    try {
      const content = await readFile(path);
      return decode(new Uint8Array(content.buffer ?? content, content.byteOffset ?? 0, content.byteLength));
    } catch (error) {
      throw new Error(`${path} cannot be read: ${error.message ?? error}`, { cause: error });
    }
  };

  const plan = await read("plan.json", (bytes) => JSON.parse(textOf(bytes)));
  const fromOneBuild = (wrong) => new Error(`${wrong}; take both from one build.`);
  if (plan.version !== 1) {
    throw fromOneBuild(`plan.json is of version ${plan.version}, and this model.js reads version 1`);
  }
  checkDevice(device, plan.requires);
  const isSoftware = device.adapterInfo?.isFallbackAdapter === true;
  if (isSoftware) onWarning(`${plan.network} runs on a software adapter, slowly.`);

  const { input, image, topK } = plan;
  const { queue } = device;
  const pipelines = new Map();
  const prepare = async (kernel) => pipelines.set(kernel, await compile(device, read, kernel.file));
  let done = 0;
  const counted = async ({ file }, work) => {
    const result = await work;
    onProgress?.({ file, done: ++done, total: plan.kernels.length + 1 });
    return result;
  };
  // Kernels compile while weights load.
  const [bytes] = await Promise.all([
    counted(plan.weights, read(plan.weights.file)),
    ...plan.kernels.map((kernel) => counted(kernel, prepare(kernel))),
  ]);
  if (bytes.length !== plan.weights.size) {
    throw fromOneBuild(`${plan.weights.file} has ${bytes.length} bytes, and plan.json asks for ${plan.weights.size}`);
  }

  const owned = [];
  const createBuffer = (size, usage) => {
    const buffer = device.createBuffer({ size, usage });
    owned.push(buffer);
    return buffer;
  };
  /** Makes a dispatch with its bind group. */
  const step = (kernel, workgroups, resources) => {
    const pipeline = pipelines.get(kernel);
    const entries = resources.map((resource, binding) => ({ binding, resource }));
    return { pipeline, workgroups, group: device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }) };
  };
  /** Slices to read back after `steps`, and their decoding. Each run borrows a buffer of `idle`. */
  const wayOut = (steps, slices, decode) => {
    const size = slices.reduce((sum, slice) => sum + slice.size, 0);
    return { steps, slices, decode, size, idle: [createBuffer(size, MAP_READ | COPY_DST)] };
  };
  let buffers, slice, bound, dispatches, outputs;
  let picture = null;
  const destroy = () => {
    unusable = "This model was destroyed; load it again.";
    for (const buffer of owned) buffer.destroy();
    picture?.texture.destroy();
  };

  try {
    await guarded(device, "the network", () => {
      buffers = plan.buffers.map(({ size }) => createBuffer(size, STORAGE | COPY_SRC | COPY_DST));
      slice = ({ buffer, offset, size }) => ({ buffer: buffers[buffer], offset, size });
      const parts = plan.weights.buffers.map(({ offset, size }) => {
        const buffer = createBuffer(size, STORAGE | COPY_DST);
        queue.writeBuffer(buffer, 0, bytes, offset, size);
        return buffer;
      });
      const weight = (index) => {
        const { buffer, offset, size } = plan.weights.entries[index];
        return { buffer: parts[buffer], offset: offset - plan.weights.buffers[buffer].offset, size };
      };
      bound = (kernel, { workgroups, inputs, weights, output }, from = inputs.map(slice)) =>
        step(kernel, workgroups, [...from, ...weights.map(weight), slice(output)]);
      dispatches = plan.dispatches.map((each) => bound(plan.kernels[each.kernel], each));
      outputs = wayOut([], plan.outputs.map(slice), (mapped) => {
        let at = 0;
        const valuesOf = ({ name, size }) => [name, new Float32Array(mapped.slice(at, (at += size)))];
        return Object.fromEntries(plan.outputs.map(valuesOf));
      });
    });
  } catch (error) {
    destroy();
    throw error;
  }

  /** Runs once. All is submitted before anything is awaited, so runs may overlap: the queue keeps their order. */
  const run = async (source, reader, ranking, leave = () => outputs) => {
    if (reader === null || ranking === null)
      throw new TypeError("This network reads no images, or gives too many values to rank.");
    // These compile when they are first used.
    for (const extra of [reader, ranking]) if (extra && !pipelines.has(extra)) await prepare(extra);
    if (unusable !== null) throw new Error(unusable);
    let out, staging;
    try {
      await guarded(device, "the run", () => {
        const { write, steps, skip } = reader === undefined ? tensor : asImage(source, reader);
        out = leave();
        write(source);
        staging = out.idle.pop() ?? createBuffer(out.size, MAP_READ | COPY_DST);
        const encoder = device.createCommandEncoder();
        const pass = encoder.beginComputePass();
        for (const { pipeline, group, workgroups } of [...steps, ...dispatches.slice(skip), ...out.steps]) {
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
        queue.submit([encoder.finish()]);
        return staging.mapAsync(MAP_READ);
      });
    } catch (error) {
      await Promise.resolve();
      throw unusable === null ? error : new Error(unusable);
    }
    const result = out.decode(staging.getMappedRange());
    staging.unmap();
    out.idle.push(staging);
    return result;
  };

  const tensor = {
    steps: [],
    write(values) {
      const wanted = `"${input.name}" is a Float32Array of ${input.size / 4} values (${input.shape.join("x")}, NHWC)`;
      if (!isFloats(values)) throw new TypeError(`${wanted}, and this is ${nameOf(values)}.`);
      if (values.length !== input.size / 4) throw new RangeError(`${wanted}, and this one has ${values.length}.`);
      queue.writeBuffer(buffers[input.buffer], input.offset, values);
    },
  };
  /** The kernel for an image: of the input's size the network's first, if it can; else one that scales. */
  const readerOf = (source) => (`${sizeOf(source)}` === `${input.shape[1]},${input.shape[0]}` && image?.first) || image;
  /** Prepares an image. The last texture is kept, so that all frames of a video share one. */
  const asImage = (source, reader) => {
    const size = sizeOf(source);
    if (!size.every((extent) => extent > 0)) throw new TypeError(`An image is wanted, and this is ${nameOf(source)}.`);
    if (`${picture?.size}` === `${size}`) return picture;
    picture?.texture.destroy();
    const texture = device.createTexture({ size, format: "rgba8unorm", usage: TEXTURE_USAGE });
    const write = (source) =>
      source.data === undefined
        ? queue.copyExternalImageToTexture({ source }, { texture }, size)
        : queue.writeTexture({ texture }, source.data, { bytesPerRow: 4 * size[0] }, size);
    const view = texture.createView();
    picture =
      reader === image
        ? { size, texture, write, steps: [step(image, image.workgroups, [view, slice(input)])] }
        : { size, texture, write, steps: [bound(reader, plan.dispatches[0], [view])], skip: 1 };
    return picture;
  };

  const tops = [];
  const bestOf = (k) => {
    const from = plan.outputs[topK.output];
    const most = from.size / 4;
    if (!Number.isInteger(k) || k < 1 || k > most) {
      throw new RangeError(`k is a whole number from 1 to ${most}, and this is ${k}.`);
    }
    if (tops[k] !== undefined) return tops[k];
    const top = { buffer: createBuffer(8 * k, STORAGE | COPY_SRC), offset: 0, size: 8 * k };
    const ranking = (mapped) => {
      const values = new Float32Array(mapped, 4 * k);
      return [...new Uint32Array(mapped, 0, k)]
        .map((index, rank) => ({ index, value: values[rank], label: plan.labels?.[index] ?? null }))
        .filter(({ value }) => !Number.isNaN(value));
    };
    tops[k] = wayOut([step(topK, topK.workgroups, [slice(from), top])], [top], ranking);
    return tops[k];
  };

  return {
    network: plan.network,
    input,
    outputs: plan.outputs,
    labels: plan.labels,
    memory: plan.memory,
    isSoftware,
    program: { device, plan, buffers, dispatches },
    run: (values) => run(values),
    runImage: (source) => run(source, readerOf(source)),
    runTopK: (source, k = 5) => run(source, isFloats(source) ? undefined : readerOf(source), topK, () => bestOf(k)),
    destroy,
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

async function compile(device, read, file) {
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
