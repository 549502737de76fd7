import { LONG_ENOUGH, MOST_REPEATS, type PassClock, passClock, type ReadyDispatch } from "./pass-clock.ts";
import { timing, type Timing } from "./timing.ts";
import type { KernelProgram } from "../targets/webgpu/tuning.ts";

// GPUBufferUsage is not global in Node.
const COPY_DST = 0x8;
const STORAGE = 0x80;

const FEWEST_ROUNDS = 3;
const MOST_ROUNDS = 9;

/** A program, and the sizes in bytes of its bindings, in order. The output comes last. */
export interface TimedProgram {
  readonly program: Pick<KernelProgram, "name" | "wgsl" | "workgroups">;
  readonly bindings: readonly number[];
}

interface ReadyProgram extends ReadyDispatch {
  readonly repeats: number;
  readonly milliseconds: number[];
}

/**
 * Times one dispatch of each program alone, on memory of its own. Programs are compiled in order, for at most half of `seconds`.
 * Then all that are ready run in turn, round after round.
 *
 * @param device a device with "timestamp-query"
 * @param step is told of each step
 * @returns the times of each program, or null for one that was not compiled in time
 * @throws where the device refuses a program
 */
export async function timePrograms(
  device: GPUDevice,
  programs: readonly TimedProgram[],
  seconds: number,
  step: (text: string) => void,
): Promise<readonly (Timing | null)[]> {
  const started = performance.now();
  const spent = () => (performance.now() - started) / 1000;
  const slots = slotBuffers(device, programs);
  const clock = passClock(device);
  const ready: ReadyProgram[] = [];
  try {
    for (const timed of programs) {
      if (ready.length > 0 && spent() > seconds / 2) break;
      step(`compiling program ${ready.length + 1} of ${programs.length}`);
      ready.push(await prepare(device, timed, slots, clock.time));
    }
    for (let round = 0; round < MOST_ROUNDS && (round < FEWEST_ROUNDS || spent() < seconds); round++) {
      step(`round ${round + 1} of at most ${MOST_ROUNDS}, ${ready.length} programs in turn`);
      for (const program of ready) {
        const nanoseconds = await clock.time(program, program.repeats);
        program.milliseconds.push(Math.max(0, nanoseconds) / program.repeats / 1e6);
      }
    }
  } finally {
    clock.destroy();
    for (const slot of slots) slot.destroy();
  }
  return programs.map((_program, index) => {
    const milliseconds = ready[index]?.milliseconds;
    return milliseconds === undefined ? null : timing(milliseconds);
  });
}

/** Makes a buffer for each binding, as large as the largest program needs, filled with small numbers. */
function slotBuffers(device: GPUDevice, programs: readonly TimedProgram[]): readonly GPUBuffer[] {
  const places = Math.max(0, ...programs.map(({ bindings }) => bindings.length));
  const sizes = Array.from({ length: places }, (_unused, place) =>
    Math.max(...programs.map(({ bindings }) => bindings[place] ?? 0)),
  );
  const numbers = Float32Array.from({ length: Math.max(0, ...sizes) / 4 }, (_unused, i) => ((i * 0.618) % 1) - 0.5);
  return sizes.map((size) => {
    const buffer = device.createBuffer({ size, usage: STORAGE | COPY_DST });
    device.queue.writeBuffer(buffer, 0, numbers, 0, size / 4);
    return buffer;
  });
}

async function prepare(
  device: GPUDevice,
  { program, bindings }: TimedProgram,
  slots: readonly GPUBuffer[],
  time: PassClock["time"],
): Promise<ReadyProgram> {
  device.pushErrorScope("validation");
  const module = device.createShaderModule({ code: program.wgsl, label: program.name });
  const compute = { module, entryPoint: "main" };
  const refused = device.popErrorScope();
  const [pipeline] = await Promise.all([device.createComputePipelineAsync({ layout: "auto", compute }), refused]);
  device.pushErrorScope("validation");
  const entries = bindings.map((size, binding) => {
    const buffer = slots[binding];
    if (buffer === undefined) throw new Error(`internal: binding ${binding} has no buffer`);
    return { binding, resource: { buffer, size } };
  });
  const group = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries });
  const dispatch = { pipeline, group, workgroups: program.workgroups };
  // The first run of a program may compile it.
  await time(dispatch, 1);
  const invalid = await device.popErrorScope();
  if (invalid !== null) throw new Error(`The device refuses ${program.name}: ${invalid.message}`);
  let repeats = 1;
  while (repeats < MOST_REPEATS && !(await isLongEnough(() => time(dispatch, repeats)))) repeats *= 4;
  return { ...dispatch, repeats, milliseconds: [] };
}

/** Returns true where three takes in a row are long enough. On a busy machine a single take may be long by chance. */
async function isLongEnough(time: () => Promise<number>): Promise<boolean> {
  for (let take = 0; take < 3; take++) if ((await time()) < LONG_ENOUGH) return false;
  return true;
}
