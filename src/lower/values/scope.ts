import { innerDefaults } from "./defaults.ts";
import type { Binding, Flow, FunctionBinding, Scope } from "../environment.ts";

/** What tells a block's scope from one outside of any block. */
type BlockFields = Pick<Scope, "path" | "defaults" | "input" | "block" | "useSite" | "blockName">;

/** Makes a scope in which nothing is declared. Without `block` it is outside of any block. */
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

/** A value in error: no node has this id, so nothing computed from it has a shape. */
export function unknownFlow(): Flow {
  return { node: -1, shape: null, stride: [1, 1], block: null };
}

export function lookupValue(scope: Scope, name: string): Binding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.values.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

export function lookupFunction(scope: Scope, name: string): FunctionBinding | null {
  for (let at: Scope | null = scope; at !== null; at = at.parent) {
    const binding = at.functions.get(name);
    if (binding !== undefined) return binding;
  }
  return null;
}

/** Every value and function name in sight, for "did you mean". */
export function namesInSight(scope: Scope): readonly string[] {
  const names: string[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.parent)
    names.push(...at.values.keys(), ...at.functions.keys());
  return names;
}
