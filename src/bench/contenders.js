// Ways to run one network, each behind the same two calls, and how their times are taken. It imports nothing: libraries are
// handed in, so that Node and a page take times by the same lines.

/** mnet's folder, by its own model.js. `options` are loadModel's. */
export async function openMnet({ loadModel, device, options }) {
  const model = await loadModel(device, { onWarning: () => undefined, ...options });
  return { run: async (values) => (await model.run(values)).output, close: () => model.destroy(), model };
}

/** A model of tf.js. `load` gives it, `at` is the place of the output among its outputs. */
export async function openTfjs({ tf, load, shape, at }) {
  const model = await load();
  return {
    async run(values) {
      const input = tf.tensor(values, [1, ...shape]);
      const predicted = model.predict(input);
      const outputs = Array.isArray(predicted) ? predicted : [predicted];
      const result = await outputs[at].data();
      tf.dispose([input, outputs]);
      return result;
    },
    close: () => model.dispose(),
  };
}

/** An ONNX model on a provider of onnxruntime-web. */
export async function openOnnx({ ort, bytes, shape, input, provider }) {
  const session = await ort.InferenceSession.create(bytes, { executionProviders: [provider] });
  return {
    async run(values) {
      const results = await session.run({ [input]: new ort.Tensor("float32", values, [1, ...shape]) });
      const result = await results.output.getData();
      results.output.dispose();
      return result;
    },
    close: () => session.release(),
  };
}

/** From opening to the first output, in milliseconds. */
export async function timeFirst(open, values) {
  const start = performance.now();
  const contender = await open();
  const output = Float32Array.from(await contender.run(values));
  const milliseconds = performance.now() - start;
  await contender.close();
  return { milliseconds, output };
}

/**
 * Runs every contender in turn, round after round, so that whatever else the machine does falls on all alike. Rounds fill
 * about `seconds`, but are at least `fewest` and at most `most`, after two that warm up. `onRound` is told of each that is done.
 */
export async function timeSteady(opens, values, { seconds, fewest, most }, onRound) {
  const contenders = [];
  for (const open of opens) contenders.push(await open());
  const outputs = [];
  for (const { run } of contenders) outputs.push(Float32Array.from(await run(values)));
  const start = performance.now();
  for (const { run } of contenders) await run(values);
  const rounds = Math.max(fewest, Math.min(most, Math.round((1000 * seconds) / (performance.now() - start))));
  const milliseconds = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (const [index, { run }] of contenders.entries()) {
      const before = performance.now();
      await run(values);
      milliseconds[index].push(performance.now() - before);
    }
    onRound?.(round + 1, rounds);
  }
  for (const { close } of contenders) await close();
  return outputs.map((output, index) => ({ output, milliseconds: milliseconds[index] }));
}

const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const QUERY_RESOLVE = 0x200;
/** A dispatch is repeated until it takes so many nanoseconds: time stamps are rounded, by browsers to 0.1 ms. */
export const LONG_ENOUGH = 2e6;
export const MOST_REPEATS = 4096;

/** Takes the nanoseconds that a pass of one dispatch, repeated, takes on a device with "timestamp-query". */
export function passClock(device) {
  const querySet = device.createQuerySet({ type: "timestamp", count: 2 });
  const resolved = device.createBuffer({ size: 16, usage: QUERY_RESOLVE | COPY_SRC });
  const staging = device.createBuffer({ size: 16, usage: MAP_READ | COPY_DST });
  const timestampWrites = { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 };
  return {
    async time({ pipeline, group, workgroups }, repeats) {
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass({ timestampWrites });
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      for (let i = 0; i < repeats; i++) pass.dispatchWorkgroups(...workgroups);
      pass.end();
      encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
      encoder.copyBufferToBuffer(resolved, 0, staging, 0, 16);
      device.queue.submit([encoder.finish()]);
      await staging.mapAsync(MAP_READ);
      const [begin, end] = new BigInt64Array(staging.getMappedRange());
      const nanoseconds = Number(end - begin);
      staging.unmap();
      return nanoseconds;
    },
    destroy() {
      querySet.destroy();
      resolved.destroy();
      staging.destroy();
    },
  };
}

/**
 * Nanoseconds that each dispatch of a model takes alone: one pass each, between time stamps. The device has "timestamp-query".
 * `onDispatch` is told how many are done.
 */
export async function profileDispatches(model, values, onDispatch) {
  await model.run(values);
  const { device, plan, buffers, dispatches } = model.program;
  device.queue.writeBuffer(buffers[plan.input.buffer], plan.input.offset, values);
  const clock = passClock(device);
  /** What a pass costs by itself falls out of the difference between so many dispatches and twice as many. */
  const difference = async (dispatch, repeats, tries) => {
    const least = [Infinity, Infinity];
    for (let i = 0; i < tries; i++) {
      least[0] = Math.min(least[0], await clock.time(dispatch, repeats));
      least[1] = Math.min(least[1], await clock.time(dispatch, 2 * repeats));
    }
    return least[1] - least[0];
  };
  const profile = [];
  try {
    for (const dispatch of dispatches) {
      let repeats = 1;
      while ((await difference(dispatch, repeats, 1)) < LONG_ENOUGH && repeats < MOST_REPEATS) repeats *= 4;
      const total = await difference(dispatch, repeats, 3);
      profile.push({ nanoseconds: Math.max(0, total) / repeats, repeats });
      onDispatch?.(profile.length);
    }
  } finally {
    clock.destroy();
  }
  return profile;
}
