import { File as HdfFile, ready, type Group } from "h5wasm";

let files = 0;

/** An HDF5 file as the HDF Group's library writes it. */
export async function hdf5(fill: (root: Group) => void): Promise<Uint8Array> {
  const { FS } = await ready;
  const name = `/made-${files++}.h5`;
  const file = new HdfFile(name, "w");
  fill(file);
  file.close();
  const bytes = FS.readFile(name);
  FS.unlink(name);
  return bytes;
}

export interface Numbers {
  readonly shape: readonly number[];
  /** Counts up from 1 when it is left out. */
  readonly data?: Float32Array | Float64Array | Int32Array | string[];
  /** Stores the data in chunks, each of them deflated. */
  readonly deflated?: boolean;
}

export function put(group: Group, name: string, { shape, data, deflated = false }: Numbers): void {
  const count = shape.reduce((a, b) => a * b, 1);
  group.create_dataset({
    name,
    shape: [...shape],
    data: data ?? Float32Array.from({ length: count }, (_unused, i) => i + 1),
    ...(deflated ? { chunks: [...shape], compression: 9 } : {}),
  });
}

type Layers = Readonly<Record<string, Readonly<Record<string, Numbers>>>>;

/**
 * Writes a model's weights as Keras 2 did: `layers` by name, and in each layer its weights by name. With a
 * configuration it is a whole model.
 */
export function legacyFile(
  layers: Layers,
  { config, change = () => undefined }: { readonly config?: string; readonly change?: (root: Group) => void } = {},
): Promise<Uint8Array> {
  return hdf5((file) => {
    const root = config === undefined ? file : file.create_group("model_weights");
    if (config !== undefined) file.create_attribute("model_config", config);
    root.create_attribute("layer_names", Object.keys(layers));
    for (const [name, weights] of Object.entries(layers)) {
      const group = root.create_group(name);
      group.create_attribute("weight_names", Object.keys(weights));
      for (const [weight, numbers] of Object.entries(weights)) {
        const parts = weight.split("/");
        let folder = group;
        for (const part of parts.slice(0, -1)) {
          folder = folder.keys().includes(part) ? (folder.get(part) as Group) : folder.create_group(part);
        }
        put(folder, parts.at(-1) ?? "", numbers);
      }
    }
    change(root);
  });
}

/** Weights as Keras 3 writes them, by `conv2d_1` and so on. */
export function numberedFile(
  layers: Readonly<Record<string, readonly (Numbers | null)[]>>,
  change: (root: Group) => void = () => undefined,
): Promise<Uint8Array> {
  return hdf5((file) => {
    const list = file.create_group("layers");
    for (const [name, numbers] of Object.entries(layers)) {
      const group = list.create_group(name).create_group("vars");
      for (const [i, entry] of numbers.entries()) if (entry !== null) put(group, String(i), entry);
    }
    change(file);
  });
}

/** Returns bytes in which `to` replaces as many bytes where `from` first stands. */
export function patched(
  bytes: Uint8Array,
  from: readonly number[] | string,
  to: readonly number[] | string,
): Uint8Array {
  const listed = (value: readonly number[] | string) =>
    typeof value === "string" ? [...Buffer.from(value, "latin1")] : value;
  const at = Buffer.from(bytes).indexOf(Buffer.from(listed(from)));
  if (at < 0) throw new Error("the bytes to replace are not there");
  const copy = Uint8Array.from(bytes);
  copy.set(listed(to), at);
  return copy;
}

/** HDF5's message of a datatype: class, byte order, size, and the places of sign, exponent and mantissa. */
export const datatypes = {
  float32: [0x11, 0x20, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0],
  bigEndian: [0x11, 0x21, 0x1f, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0],
  float16: [0x11, 0x20, 0x0f, 0, 2, 0, 0, 0, 0, 0, 16, 0, 10, 5, 0, 10, 15, 0, 0, 0],
} as const;
