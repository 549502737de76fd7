import { innerDefaults } from "./defaults.ts";
import type { Binding, Flow, FunctionBinding, Scope } from "../environment.ts";

/** The fields that differ between a block's scope and a scope outside of blocks. */
type BlockFields = Pick<Scope, "path" | "defaults" | "input" | "entering" | "block" | "useSite" | "blockName">;

/** Makes a scope that declares nothing. Without `block` it lies outside of blocks. */
export function newScope(
  kind: "file" | "network" | "block",
  { file, parent }: Pick<Scope, "file" | "parent">,
  block: BlockFields | null = null,
): Scope {
  return {
    kind,
    file,
    parent,
    values: new Map(),
    functions: new Map(),
    path: "",
    labels: new Map(),
    counters: new Map(),
    defaults: innerDefaults(null),
    input: null,
    entering: [],
    outputs: [],
    block: null,
    useSite: null,
    blockName: null,
    ...block,
  };
}

/** Makes the scope of a branch or of one of its paths: labels and numbers of its own, and the values of `outer`. */
export function pathScope(outer: Scope, path: string): Scope {
  return { ...outer, kind: "path", parent: outer, path, labels: new Map(), counters: new Map() };
}

/** Makes the scope of a call: the function's parameters, and what the scope that defines it sees. */
export function functionScope(defining: Scope, values: Map<string, Binding>): Scope {
  return {
    ...defining,
    kind: "function",
    parent: defining,
    values,
    functions: new Map(),
    defaults: innerDefaults(null),
  };
}

/** Returns the flow of a value in error. No node has its id, so nothing that is computed from it has a shape. */
export function unknownFlow(): Flow {
  return { node: -1, shape: null, stride: [1, 1], block: null };
}

/** Finds the nearest value of a name, from a scope outwards. */
export function lookupValue(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.values.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

/** Finds the nearest function of a name, from a scope outwards. */
export function lookupFunction(scope: Scope, name: string): FunctionBinding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.functions.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

/** Returns the names of all values and functions that a scope sees, for "did you mean". */
export function namesInSight(scope: Scope): readonly string[] {
  const names: string[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.parent)
    names.push(...at.values.keys(), ...at.functions.keys());
  return names;
}
