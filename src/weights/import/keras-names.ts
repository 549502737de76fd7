/**
 * The layer and the role of a weight named as Keras and tf.js do: `Conv1/kernel`, `Conv1/kernel:0`, and behind the models it lies in,
 * `features/Conv1/kernel`.
 */
export function kerasRole(name: string): { readonly layer: string; readonly role: string } {
  const slash = name.lastIndexOf("/");
  return { layer: name.slice(0, Math.max(0, slash)), role: name.slice(slash + 1).replace(/:\d+$/, "") };
}
