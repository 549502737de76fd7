import type { ExplainPage } from "./page.ts";

/** A page of the WebGPU target. A network may be right and still need more than every device must grant. */
const page = (code: string, title: string, why: string): ExplainPage => ({ code, title, why, bad: "", good: "" });

export const webgpuPages: readonly ExplainPage[] = [
  page(
    "webgpu/binding-size",
    "A value or weight is too large for one binding",
    "A kernel sees each value and each weight through one storage binding, and a device need not grant more than 128 MiB for it (maxStorageBufferBindingSize): 33 million float32 numbers. A map of that size is usually an input or a first layer at full resolution. Use a smaller input, fewer channels, or an earlier stride.",
  ),
  page(
    "webgpu/bindings",
    "A layer reads more buffers than one dispatch may bind",
    "A device need not grant more than 8 storage buffers to a kernel (maxStorageBuffersPerShaderStage). Weights too large for one binding are split over several; with fewer units, or fewer inputs to join, the layer fits.",
  ),
  page(
    "webgpu/workgroups",
    "A layer needs more workgroups than one dispatch may start",
    "A dispatch starts at most 65535 workgroups in each of its three dimensions (maxComputeWorkgroupsPerDimension). Only maps of tens of millions of positions need more: use a smaller input, or an earlier stride.",
  ),
  page(
    "webgpu/invocations",
    "A kernel's workgroup has too many threads for the device",
    "A device need not run more than 256 threads in a workgroup (maxComputeInvocationsPerWorkgroup), and the limit profile in force grants fewer than the kernel was made for. Choose a profile with larger workgroups.",
  ),
  page(
    "webgpu/workgroup-memory",
    "A kernel needs more workgroup memory than the device has",
    "A device need not grant more than 16 KiB of memory shared by a workgroup (maxComputeWorkgroupStorageSize), and the limit profile in force grants less than the kernel was made for. Choose a profile with more workgroup memory.",
  ),
  page(
    "webgpu/too-many-dispatches",
    "A plan takes more dispatches than the build allows",
    "Each dispatch costs its launch, however little it computes: 3 to 36 µs, which on a large GPU is most of what a small network takes. A build with --max-dispatches fails if the plan has more. `mnet plan` shows which layers share a dispatch, which do not, and the estimates for both.",
  ),
  page(
    "webgpu/too-much-memory",
    "A plan takes more memory for activations than the build allows",
    "Values that are needed at the same time need memory at the same time; `mnet plan` prints the memory of the plan and the least that any plan in this order needs. A build with --max-memory fails if the plan needs more: make the widest maps smaller, by a smaller input, fewer channels or an earlier stride.",
  ),
  page(
    "webgpu/weight-overflow",
    "A weight is beyond what 16 bits hold",
    "With --precision f16 weights are stored in 16 bits, whose largest number is 65504; batch norms are folded into kernels and biases first, which magnifies a channel whose variance is close to zero. A larger number becomes infinite, and so do its products. Build with --precision f32, or find out why the layer needs such weights: a channel that never varies can be removed.",
  ),
  page(
    "webgpu/tuning",
    "A tuning record was made for something else",
    "A tuning record holds what `mnet tune` measured for one network, one class of device, one precision and one version of mnet's plans. Its choices mean nothing for another. Write the record anew with `mnet tune SPEC --out FILE`, or build without --tuning.",
  ),
];
