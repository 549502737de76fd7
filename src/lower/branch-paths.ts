import type { Flow, Scope } from "./environment.ts";
import { formatShape } from "../ir/shape.ts";
import type { BranchPath, BranchStatement } from "../syntax/ast.ts";
import { earlierValue } from "./earlier-value.ts";
import { joinNamed, type Join } from "../language/joins.ts";
import { claimPath, joinPath, partName } from "./paths.ts";
import { pushNode } from "./push-node.ts";
import { pathScope, unknownFlow } from "./values/scope.ts";
import type { LoweringState } from "./state.ts";
import { sharedStride, type Stride } from "./stride.ts";

/** A path of a branch, ready to be lowered. */
export interface OpenPath {
  readonly scope: Scope;
  /** Its label, or `path1`. */
  readonly part: string;
  /** The value that it starts from. */
  readonly start: Flow;
}

/** Claims a path of a branch, and finds the value it starts from: the one before the branch, or the one `from=` names. */
export function openPath(state: LoweringState, branch: Scope, path: BranchPath, flow: Flow): OpenPath | null {
  const body = branch.parent ?? branch;
  const part = partName(branch, path.label, "path");
  const name = joinPath(branch.path, part);
  if (!claimPath(state, body, name, path.label?.span ?? path.span)) return null;
  const start = path.from === null ? flow : earlierValue(state, body, path.from);
  return start === null ? null : { scope: pathScope(body, name), part, start };
}

/** Joins what the paths of a branch give. */
export function joinPaths(
  state: LoweringState,
  branch: Scope,
  statement: BranchStatement,
  ends: readonly Flow[],
): Flow {
  const join = joinNamed(statement.join.text);
  if (join === null || ends.length < 2) return unknownFlow();
  const inputs = ends.map((end) => end.node);
  const { path } = branch;
  state.trace.branches.set(path, statement);
  const { id, shape } = pushNode(state, branch, { op: { op: join }, path, layer: path, inputs, span: statement.span });
  return { node: id, shape, stride: joinedStride(join, ends), block: null };
}

/**
 * The stride that all paths share. A `mul` does not count paths that end at 1x1xC; if all do, it does not count those
 * without a stride, which have a global pool.
 */
function joinedStride(join: Join, ends: readonly Flow[]): Stride {
  const maps = join === "mul" ? ends.filter((end) => !isScale(end)) : ends;
  return sharedStride((maps.length > 0 ? maps : ends.filter(({ stride }) => stride !== null)).map((end) => end.stride));
}

function isScale({ shape }: Flow): boolean {
  return shape !== null && shape.length === 3 && formatShape(shape.slice(0, 2)) === "1x1";
}
