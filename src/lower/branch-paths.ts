import type { Flow, Scope } from "./environment.ts";
import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import { formatShape } from "../ir/shape.ts";
import type { BranchPath, BranchStatement, PathReference } from "../syntax/ast.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import { reportAtPlace } from "./values/blame.ts";
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
  const start = path.from === null ? flow : startOf(state, body, path.from);
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
  const { id, shape } = pushNode(state, branch, { op: { op: join }, path, layer: path, inputs, span: statement.span });
  return { node: id, shape, stride: joinedStride(join, ends), block: null };
}

/** The earlier value that `from=` names: a label of this body or of one around it, never across a block's border. */
function startOf(state: LoweringState, scope: Scope, from: PathReference): Flow | null {
  const [first, ...rest] = from.parts;
  const name = first?.text ?? "";
  if (name === "") return null;
  const labels: string[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.kind === "path" ? at.parent : null) {
    const found = at.labels.get(name);
    if (found !== undefined && rest.length === 0) {
      const named = state.paths.get(joinPath(at.path, name));
      if (named !== undefined) state.trace.starts.set(from, named.span);
      return found;
    }
    labels.push(...at.labels.keys());
  }
  const near = didYouMean(name, labels);
  const written = from.parts.map((part) => part.text).join("/");
  reportAtPlace(state, {
    code: "name/unknown-label",
    span: from.span,
    scope,
    message:
      rest.length > 0
        ? `"from" takes a label of this body, and "${written}" looks inside one.`
        : `There is no value "${written}" before this path.`,
    hint:
      near === null || rest.length > 0
        ? "Label an earlier statement of this body, and name that."
        : `Did you mean "${near}"?`,
    ...rewriteFix(from.span, rest.length > 0 ? null : near),
  });
  return null;
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
