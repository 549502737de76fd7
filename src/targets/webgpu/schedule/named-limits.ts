import { WEBGPU_CORE, type LimitProfile } from "./limits.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const GIB = 1024 * MIB;

/** A profile that can be asked for by name, with the source of its figures. */
export interface NamedLimits extends LimitProfile {
  readonly about: string;
  readonly source: string;
}

const wgpuBuckets = "wgpu-core/src/limits.rs of wgpu (2026), the limit buckets that Firefox reports by kind of adapter";

/** What all buckets of wgpu grant, apart from those of the defaults. */
const uplevel: Omit<LimitProfile, "name"> = {
  maxStorageBufferBindingSize: 128 * MIB,
  maxBufferSize: GIB,
  maxStorageBuffersPerShaderStage: 8,
  maxComputeWorkgroupsPerDimension: 65_535,
  maxComputeInvocationsPerWorkgroup: 1024,
  maxComputeWorkgroupStorageSize: 32 * KIB,
};

/**
 * Limits that a spec can be held to before anything runs: what every device grants, and what kinds of adapters grant a page that asks
 * for more. Browsers report classes of devices, not devices, so profiles name classes.
 */
export const namedLimits = [
  {
    ...WEBGPU_CORE,
    about: "the limits that every WebGPU device has by default",
    source: "WebGPU, 3.6.2, defaults of supported limits (https://www.w3.org/TR/webgpu/#limits)",
  },
  {
    ...WEBGPU_CORE,
    name: "webgpu-compat",
    maxComputeInvocationsPerWorkgroup: 128,
    about: "older devices, in WebGPU's compatibility mode",
    source: "gpuweb's proposal for compatibility mode, and the compat column of Dawn's src/dawn/native/Limits.cpp",
  },
  {
    ...uplevel,
    name: "apple-m",
    maxStorageBufferBindingSize: GIB,
    about: "Apple M series",
    source: `${wgpuBuckets}, m1`,
  },
  {
    ...uplevel,
    name: "intel",
    maxStorageBufferBindingSize: 512 * MIB,
    maxStorageBuffersPerShaderStage: 16,
    about: "Intel UHD 600 series, Iris Xe, Arc",
    source: `${wgpuBuckets}, i1`,
  },
  {
    ...uplevel,
    name: "geforce",
    maxStorageBufferBindingSize: GIB,
    maxStorageBuffersPerShaderStage: 16,
    maxComputeWorkgroupStorageSize: 48 * KIB,
    about: "GeForce GTX 1650 and RTX 20 to 50 series",
    source: `${wgpuBuckets}, n1`,
  },
  {
    ...uplevel,
    name: "radeon-rx",
    maxStorageBufferBindingSize: GIB,
    maxStorageBuffersPerShaderStage: 16,
    about: "Radeon RX 6000 to 9000 series",
    source: `${wgpuBuckets}, a1`,
  },
  {
    ...uplevel,
    name: "radeon-vega",
    maxStorageBufferBindingSize: GIB,
    maxStorageBuffersPerShaderStage: 16,
    maxComputeWorkgroupStorageSize: 64 * KIB,
    about: "Radeon Vega",
    source: `${wgpuBuckets}, a2`,
  },
  {
    ...uplevel,
    name: "warp",
    maxStorageBuffersPerShaderStage: 16,
    about: "Microsoft's software adapter of Windows",
    source: `${wgpuBuckets}, warp`,
  },
  {
    ...uplevel,
    name: "swiftshader",
    maxStorageBufferBindingSize: GIB,
    maxStorageBuffersPerShaderStage: 12,
    maxComputeInvocationsPerWorkgroup: 256,
    about: "the software adapter of Chromium, which mnet's tests run on",
    source: "adapter.limits of SwiftShader under Dawn, npm's webgpu 0.6.2; a test holds it so",
  },
] as const satisfies readonly NamedLimits[];

/** The name of a profile of limits. */
export type LimitsName = (typeof namedLimits)[number]["name"];

export const limitsNames: readonly LimitsName[] = namedLimits.map(({ name }) => name);

/** Returns the profile of a name. */
export function limitsNamed(name: LimitsName): NamedLimits {
  const found = namedLimits.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`internal: no limits are named "${name}"`);
  return found;
}
