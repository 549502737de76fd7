// GPUMapMode and GPUBufferUsage are not global in Node.
const MAP_READ = 0x1;
const COPY_SRC = 0x4;
const COPY_DST = 0x8;
const QUERY_RESOLVE = 0x200;

/** Nanoseconds that are long beside the rounding of time stamps. Browsers round them to 0.1 ms. */
export const LONG_ENOUGH = 2e6;
/** The most times that a dispatch is repeated between two time stamps. */
export const MOST_REPEATS = 4096;

/** A dispatch that is ready to be encoded. */
export interface ReadyDispatch {
  readonly pipeline: GPUComputePipeline;
  readonly group: GPUBindGroup;
  readonly workgroups: readonly [number, number, number];
}

/** Takes the time of passes on one device. */
export interface PassClock {
  /**
   * Returns the nanoseconds of a pass that repeats one dispatch. On a busy device time stamps may give a little less than 0.
   */
  readonly time: (dispatch: ReadyDispatch, repeats: number) => Promise<number>;
  readonly destroy: () => void;
}

/** Makes a clock on a device with "timestamp-query". */
export function passClock(device: GPUDevice): PassClock {
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
      const [begin = 0n, end = 0n] = new BigInt64Array(staging.getMappedRange());
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
