import { hasErrors } from "../../diagnostics/diagnostic.ts";
import type { EmittedFile } from "../../targets/emitted-file.ts";
import { emitWebgpu } from "../../targets/webgpu/emit.ts";
import type { WeighedNetwork } from "./choose-weights.ts";

/** The folder of the WebGPU target. Throws a sentence for people where every device would refuse a layer. */
export function webgpuFolder({ inference, weights }: WeighedNetwork): readonly EmittedFile[] {
  const { files, diagnostics } = emitWebgpu(inference, weights);
  if (!hasErrors(diagnostics)) return files;
  const first = diagnostics.find(({ severity }) => severity === "error");
  throw new Error(first?.message ?? "The network has no WebGPU program.");
}
