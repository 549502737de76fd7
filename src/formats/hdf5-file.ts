import type { WeightTensor } from "./tensor.ts";
import type { WeightFileProblem } from "./weight-file-problem.ts";

/** What an HDF5 file holds that can be a weight, and the words beside it. Paths are without a slash in front; the root is "". */
export interface Hdf5File {
  readonly groups: ReadonlySet<string>;
  /** Float datasets by path, siblings in the order of their names with numbers by value. */
  readonly tensors: ReadonlyMap<string, WeightTensor>;
  /** Datasets of other types, which are read by nobody, with the type in words. */
  readonly passedOver: ReadonlyMap<string, string>;
  /** Attributes of text by their group's path and their name; a lone text is a list of one. */
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;
}

export type Hdf5Result =
  { readonly ok: true; readonly file: Hdf5File } | { readonly ok: false; readonly problem: WeightFileProblem };

/** Reads an HDF5 file but for the named groups of the root, whose size does not count. */
export type ReadHdf5 = (bytes: Uint8Array, skip: readonly string[]) => Promise<Hdf5Result>;
