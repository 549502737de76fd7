import type { WeightTensor } from "./tensor.ts";
import type { FileResult } from "./file-problem.ts";

/** The datasets of an HDF5 file that can be weights, and the texts beside them. A path has no slash in front; the root is "". */
export interface Hdf5File {
  readonly groups: ReadonlySet<string>;
  /** Float datasets by path. Siblings stand in the order of their names, in which numbers count by value. */
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  /** Datasets of other types, which are not read: the path and the type in words. */
  readonly passedOver: ReadonlyMap<string, string>;
  /** Attributes that are text, by the path of their group and by name; a single text is a list of one. */
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

/** Reads an HDF5 file, but not the groups of the root that `skip` names; their size does not count. */
export type ReadHdf5 = (bytes: Uint8Array, skip: readonly string[]) => Promise<FileResult<Hdf5File>>;
