import type { OpElsewhere } from "./language-op.ts";

/** How a `branch` joins what its paths give, and what other frameworks call it. */
export const joins = {
  add: { names: ["add", "residual", "skip"], written: "branch add { path { } path { … } }" },
  sub: { names: ["sub", "subtract", "minus"], written: "branch sub { path { … } path { } }" },
  mul: { names: ["mul", "multiply"], written: "branch mul { path { } path { … } }" },
  concat: { names: ["concat", "concatenate", "cat"], written: "branch concat { path { … } path { … } }" },
} as const satisfies Readonly<Record<string, OpElsewhere>>;

export type Join = keyof typeof joins;

/** The join of that name; null where there is none. */
export function joinNamed(name: string): Join | null {
  return Object.hasOwn(joins, name) ? (name as Join) : null;
}
