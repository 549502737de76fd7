import type { WeightTensor } from "./tensor.ts";
import type { FileResult } from "./file-problem.ts";

/**
 * The datasets of an HDF5 file that can be weights, and its text attributes. A path has no leading slash; the root is
 * "".
 */
export interface Hdf5File {
  readonly groups: ReadonlySet<string>;
  /** Float datasets by path. Siblings are sorted by name, and numbers in names by value. */
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  /** Datasets of other types. They are not read; each has its path and its type in words. */
  readonly passedOver: ReadonlyMap<string, string>;
  /** Text attributes, by the path of their group and by name. A single text is a list of one. */
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** Reads an HDF5 file without the groups of the root that `skip` names. Their size does not count. */
export type ReadHdf5 = (bytes: Uint8Array, skip: readonly string[]) => Promise<FileResult<Hdf5File>>;
