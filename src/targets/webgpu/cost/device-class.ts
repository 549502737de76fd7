/**
 * Kinds of device for which different programs are fast. `generic` is an average GPU, for a program that may run on
 * any device.
 */
export const deviceClasses = ["generic", "integrated", "discrete", "software"] as const;
/** A kind of device. */
export type DeviceClass = (typeof deviceClasses)[number];

/** What the cost model knows of a device. Rates are of the whole device, in seconds. */
export interface DeviceFacts {
  /** Seconds that a dispatch takes even if it does nothing. */
  readonly launch: number;
  /** Bytes of memory. */
  readonly bytes: number;
  /** Bytes between memory's cache, which all cores share, and the cores. */
  readonly traffic: number;
  /** Multiply-adds of float32. */
  readonly macs: number;
  /** Numbers read through the caches nearest to the arithmetic. */
  readonly loads: number;
  /** Cores that each run whole workgroups. */
  readonly cores: number;
  /** Invocations that keep one core busy while others wait for memory. */
  readonly invocations: number;
  /** Whether it costs next to nothing that invocations wait for each other. */
  readonly barriers: boolean;
  /** Most pixels that an invocation should compute at once. Each takes registers, and on a CPU time to compile. */
  readonly pixels: number;
}

/**
 * Orders of magnitude, not measurements of one device: another figure changes a choice only where two programs are close.
 * Launches through WebGPU cost 3 to 36 µs (arXiv 2604.02344). `integrated` is a laptop's GPU on memory of
 * 68 GB/s, `discrete` a desktop's with 400; `software` is SwiftShader on two cores.
 */
export const deviceFacts = {
  generic: {
    launch: 8e-6,
    bytes: 100e9,
    traffic: 400e9,
    macs: 1e12,
    loads: 0.5e12,
    cores: 16,
    invocations: 256,
    barriers: true,
    pixels: 8,
  },
  integrated: {
    launch: 10e-6,
    bytes: 60e9,
    traffic: 250e9,
    macs: 0.8e12,
    loads: 0.4e12,
    cores: 8,
    invocations: 256,
    barriers: true,
    pixels: 8,
  },
  discrete: {
    launch: 6e-6,
    bytes: 400e9,
    traffic: 1500e9,
    macs: 6e12,
    loads: 3e12,
    cores: 32,
    invocations: 512,
    barriers: true,
    pixels: 8,
  },
  software: {
    launch: 40e-6,
    bytes: 8e9,
    traffic: 40e9,
    macs: 12e9,
    loads: 4e9,
    cores: 2,
    invocations: 1,
    barriers: false,
    pixels: 8,
  },
} as const satisfies Record<DeviceClass, DeviceFacts>;
