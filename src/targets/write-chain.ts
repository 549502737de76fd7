/** Adds a node with one output to a graph that is being written. */
type Add = (name: string, op: string, inputs: readonly string[]) => string;

/** Writes a sum, difference or product of several values, two at a time. The last node has the name. */
export function writeChain(add: Add, name: string, op: string, inputs: readonly string[]): void {
  const [first = "", ...rest] = inputs;
  if (rest.length === 0) add(name, "Identity", [first]);
  rest.reduce((sum, x, i) => add(i === rest.length - 1 ? name : `${name}/${op}${i}`, op, [sum, x]), first);
}
