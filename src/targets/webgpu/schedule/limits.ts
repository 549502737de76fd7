/** What a plan may ask of a device, under WebGPU's own names (https://www.w3.org/TR/webgpu/#limits). Sizes are in bytes. */
export interface LimitProfile {
  readonly name: string;
  readonly maxStorageBufferBindingSize: number;
  readonly maxBufferSize: number;
  readonly maxStorageBuffersPerShaderStage: number;
  readonly maxComputeWorkgroupsPerDimension: number;
  readonly maxComputeInvocationsPerWorkgroup: number;
  readonly maxComputeWorkgroupStorageSize: number;
}

export type LimitName = Exclude<keyof LimitProfile, "name">;

const MIB = 1024 * 1024;

/** What every device grants without being asked for more. */
export const WEBGPU_CORE: LimitProfile = {
  name: "webgpu-core",
  maxStorageBufferBindingSize: 128 * MIB,
  maxBufferSize: 256 * MIB,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupsPerDimension: 65_535,
  maxComputeInvocationsPerWorkgroup: 256,
  maxComputeWorkgroupStorageSize: 16_384,
};

/** Storage bindings start at multiples of this on every device (minStorageBufferOffsetAlignment). */
export const OFFSET_ALIGNMENT = 256;

/** Rounds an offset up to one at which a binding may start. */
export function alignOffset(bytes: number): number {
  return Math.ceil(bytes / OFFSET_ALIGNMENT) * OFFSET_ALIGNMENT;
}
