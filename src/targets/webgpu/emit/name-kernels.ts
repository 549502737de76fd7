import type { KernelProgram } from "../wgsl/kernel-program.ts";

export interface KernelFile {
  readonly path: string;
  readonly program: KernelProgram;
}

/** Gives each distinct text a file, which programs of the same text share. Files of the same name are numbered. */
export function nameKernels(programs: readonly KernelProgram[]): {
  readonly files: readonly KernelFile[];
  /** For each program the index of its file in `files`. */
  readonly fileOf: readonly number[];
} {
  const files: KernelFile[] = [];
  const byText = new Map<string, number>();
  const uses = new Map<string, number>();
  const fileOf = programs.map((program) => {
    const known = byText.get(program.wgsl);
    if (known !== undefined) return known;
    const use = (uses.get(program.name) ?? 0) + 1;
    uses.set(program.name, use);
    const index = files.push({ path: `kernels/${program.name}${use > 1 ? `-${use}` : ""}.wgsl`, program }) - 1;
    byText.set(program.wgsl, index);
    return index;
  });
  return { files, fileOf };
}
