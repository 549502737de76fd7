/**
 * Splits the name that Keras and tf.js give a weight into layer and role: `Conv1/kernel`, `Conv1/kernel:0`, and after the name of an
 * enclosing model, `features/Conv1/kernel`.
 */
export function kerasRole(name: string): { readonly layer: string; readonly role: string } {
  const slash = name.lastIndexOf("/");
  return { layer: name.slice(0, Math.max(0, slash)), role: name.slice(slash + 1).replace(/:\d+$/, "") };
}

/** Converts a class name as Keras 3 does: `BatchNormalization` becomes `batch_normalization`. */
export function snakeCase(className: string): string {
  return className
    .replace(/\W+/g, "")
    .replace(/(.)([A-Z][a-z]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
}

/** Returns Keras 3's names for the layers of one list: the second `conv2d` is `conv2d_1`. */
export function numberedNames(): (name: string) => string {
  const used = new Map<string, number>();
  return (name) => {
    const count = used.get(name) ?? 0;
    used.set(name, count + 1);
    return count === 0 ? name : `${name}_${count}`;
  };
}
