import { formatShape, sameShape } from "../../ir/shape.ts";
import type { WeightTensor } from "../../formats/tensor.ts";
import type { Checkpoint } from "./checkpoint.ts";
import type { Hdf5File } from "../../formats/hdf5-file.ts";
import { kerasCheckpoint, type KerasTensor } from "./keras-checkpoint.ts";
import type { KerasLayer } from "../../formats/keras-model.ts";
import { kerasNorm } from "./keras-norm.ts";
import { snakeCase } from "../../formats/keras-names.ts";
import { refuseDtype, refuseTensor } from "../../formats/refusal.ts";

/** Tensors of one layer in Keras 3's file, in the order of their numbers. */
interface Owner {
  /** `layers/conv2d_3`, in a model inside the model `layers/functional/layers/conv2d`. */
  readonly path: string;
  readonly tensors: readonly WeightTensor[];
}

/**
 * Reads the format of Keras 3: `layers/<class>_<number>/vars/<number>`. Layers of one class are numbered in execution
 * order. The class determines the role of each tensor. Since Keras 3.4 the file also contains the layer's name.
 */
export function numberedCheckpoint(format: string, file: Hdf5File, model: readonly KerasLayer[] | null): Checkpoint {
  const described = new Map(model?.map((layer) => [layer.path, layer]));
  const owners = ownersIn(file, described);
  const names = namesOf(file, owners, described);
  const others: WeightTensor[] = [];
  const tensors: KerasTensor[] = [];
  for (const { path, tensors: own } of owners) {
    const name = names.get(path) ?? path;
    const roles = rolesOf(path, own, described.get(path));
    for (const [i, tensor] of own.entries()) {
      const role = roles?.[i];
      if (role === undefined) others.push(tensor);
      else {
        // The name of the depthwise kernel in Keras 3. In Keras 2 it is depthwise_kernel.
        const shown = role === "depthwise_kernel" ? "kernel" : role;
        tensors.push({ layer: name, role, tensor: { ...tensor, name: `${name}/${shown}` } });
      }
    }
  }
  const claimed = new Set(owners.flatMap((owner) => owner.tensors));
  for (const tensor of file.tensors.values()) if (!claimed.has(tensor)) others.push(tensor);
  const patterns = new Map([...names].map(([path, name]) => [name, path.replace(/_\d+$/, "")]));
  const checkpoint = kerasCheckpoint(
    format,
    tensors,
    model,
    (layers) => new Set(layers.map((name) => patterns.get(name))).size === 1,
  );
  return { ...checkpoint, others: [...checkpoint.others, ...others] };
}

/** tf.keras used another name for this list. */
function plainPath(path: string): string {
  return path.replaceAll("_layer_checkpoint_dependencies", "layers");
}

function ownersIn(file: Hdf5File, described: ReadonlyMap<string, KerasLayer>): readonly Owner[] {
  const owners = new Map<string, Map<number, WeightTensor>>();
  for (const path of [...file.tensors.keys(), ...file.passedOver.keys()]) {
    const [, folder, number] = /^(.+)\/vars\/(0|[1-9]\d*)$/.exec(path) ?? [];
    if (folder === undefined) continue;
    const tensor = file.tensors.get(path);
    const owner = plainPath(folder);
    if (tensor !== undefined)
      owners.set(owner, (owners.get(owner) ?? new Map<number, WeightTensor>()).set(Number(number), tensor));
    else if (rolesByClass.has(classOf(owner, described.get(owner)))) refuseDtype(path, file.passedOver.get(path) ?? "");
  }
  return [...owners].map(([path, numbered]) => {
    const tensors = Array.from(numbered, (_unused, i) => {
      const tensor = numbered.get(i);
      return tensor ?? refuseTensor("weights/file-structure", `${path}/vars/${i}`, "its numbers in the file", "none");
    });
    return { path, tensors };
  });
}

/** Returns the layers' names if the file or the configuration contains them and no two are equal. */
function namesOf(
  file: Hdf5File,
  owners: readonly Owner[],
  described: ReadonlyMap<string, KerasLayer>,
): ReadonlyMap<string, string> {
  const said = new Map<string, string>();
  for (const [group, texts] of file.texts) {
    const [name] = texts.get("name") ?? [];
    if (name !== undefined && group.endsWith("/vars")) said.set(plainPath(group.slice(0, -"/vars".length)), name);
  }
  const names = new Map(owners.map(({ path }) => [path, described.get(path)?.name ?? said.get(path) ?? path]));
  const counts = new Map<string, number>();
  for (const name of names.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map([...names].map(([path, name]) => [path, counts.get(name) === 1 ? name : path]));
}

function classOf(path: string, layer: KerasLayer | undefined): string {
  return layer === undefined ? path.slice(path.lastIndexOf("/") + 1).replace(/_\d+$/, "") : snakeCase(layer.className);
}

/** The roles and axes of a layer's tensors, by the layer's class. */
const rolesByClass: ReadonlyMap<string, readonly (readonly [role: string, axes: number])[]> = new Map([
  [
    "conv2d",
    [
      ["kernel", 4],
      ["bias", 1],
    ],
  ],
  [
    "conv2d_transpose",
    [
      ["kernel", 4],
      ["bias", 1],
    ],
  ],
  [
    "depthwise_conv2d",
    [
      ["depthwise_kernel", 4],
      ["bias", 1],
    ],
  ],
  [
    "dense",
    [
      ["kernel", 2],
      ["bias", 1],
    ],
  ],
  [
    "batch_normalization",
    [
      ["gamma", 1],
      ["beta", 1],
      ["moving_mean", 1],
      ["moving_variance", 1],
    ],
  ],
]);

/** Null for classes without a corresponding layer in mnet. */
function rolesOf(
  path: string,
  tensors: readonly WeightTensor[],
  layer: KerasLayer | undefined,
): readonly string[] | null {
  const kind = classOf(path, layer);
  const all = rolesByClass.get(kind);
  if (all === undefined) return null;
  const refuse = (expected: string, found: string) =>
    refuseTensor("weights/file-structure", `${path}/vars`, expected, found);
  const norm = kind === "batch_normalization";
  const settings = layer === undefined ? { scale: true, center: true } : kerasNorm(layer);
  const roles = all.filter(([role]) => (role === "gamma" ? settings.scale : role !== "beta" || settings.center));
  const least = norm ? roles.length : 1;
  if (norm && layer === undefined && tensors.length === 2) roles.splice(0, 2);
  else if (tensors.length < least || tensors.length > roles.length) {
    const expected = `${least === roles.length ? least : `${least} or ${roles.length}`} tensors of a ${kind}, ${roles.map(([role]) => role).join(", ")}`;
    return refuse(expected, `${tensors.length}`);
  }
  for (const [i, { shape }] of tensors.entries()) {
    const [role, axes] = roles[i]!;
    if (shape.length !== axes) refuse(`${axes} axes in ${i}, ${role}`, `[${formatShape(shape)}]`);
    if (norm && !sameShape(shape, tensors[0]!.shape)) {
      refuse(`one shape, [${formatShape(tensors[0]!.shape)}]`, `[${formatShape(shape)}] in ${i}, ${role}`);
    }
  }
  return roles.slice(0, tensors.length).map(([role]) => role);
}
