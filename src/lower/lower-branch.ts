import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { NodeId } from "../ir/graph.ts";
import { formatShape } from "../ir/shape.ts";
import type { BranchPath, BranchStatement } from "../syntax/ast.ts";
import { didYouMean } from "../syntax/did-you-mean.ts";
import { reportAtPlace } from "./values/blame.ts";
import { countPiece } from "./count-piece.ts";
import { bindPath, claimPath, joinPath, partName } from "./paths.ts";
import { pushNode } from "./push-node.ts";
import { unknownFlow, type Flow, type Scope } from "./values/scope.ts";
import type { LoweringState } from "./state.ts";
import { sharedStride, type Stride } from "./stride.ts";

const joins = ["add", "mul", "concat"] as const;

/** Lowers each path from the value before the branch (or `from` an earlier one), then joins what they give. */
export function lowerBranch(
  state: LoweringState,
  scope: Scope,
  statement: BranchStatement,
  path: string,
  flow: Flow,
): Flow {
  const join = joins.find((name) => name === statement.join.text);
  const branchScope: Scope = {
    ...scope,
    kind: "path",
    parent: scope,
    values: scope.values,
    path,
    labels: new Map(),
    counters: new Map(),
  };
  const ends: Flow[] = statement.paths.map((branchPath) => lowerPath(state, scope, branchScope, branchPath, flow));
  if (join === undefined || ends.length < 2) return unknownFlow();
  const inputs: NodeId[] = ends.map((end) => end.node);
  const { id, shape } = pushNode(state, scope, { op: { op: join }, path, layer: path, inputs, span: statement.span });
  return { node: id, shape, stride: joinedStride(join, ends), block: null };
}

function lowerPath(state: LoweringState, scope: Scope, branchScope: Scope, branchPath: BranchPath, flow: Flow): Flow {
  if (!countPiece(state, scope, branchPath.span)) return flow;
  const part = partName(branchScope, branchPath.label, "path");
  const path = joinPath(branchScope.path, part);
  if (!claimPath(state, scope, path, branchPath.label?.span ?? branchPath.span)) return unknownFlow();
  const start = branchPath.from === null ? flow : startOf(state, scope, branchPath);
  if (start === null) return unknownFlow();
  const pathScope: Scope = { ...scope, kind: "path", parent: scope, path, labels: new Map(), counters: new Map() };
  const end = state.lowerBody(state, pathScope, branchPath.body, start);
  bindPath(state, branchScope, part, path, end);
  return end;
}

/** The earlier value that `from=` names: a label of this body or of one around it, never across a block's border. */
function startOf(state: LoweringState, scope: Scope, { from }: BranchPath): Flow | null {
  if (from === null) return null;
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
  reportAtPlace(
    state,
    "name/unknown-label",
    from.span,
    scope,
    rest.length > 0
      ? `"from" takes a label of this body, and "${written}" looks inside one.`
      : `There is no value "${written}" before this path.`,
    {
      hint:
        near === null || rest.length > 0
          ? "Label an earlier statement of this body, and name that."
          : `Did you mean "${near}"?`,
      ...rewriteFix(from.span, rest.length > 0 ? null : near),
    },
  );
  return null;
}

/** Paths must agree; a `mul` does not ask those whose result is 1x1xC, nor, where the map itself is, those behind a global pool. */
function joinedStride(join: (typeof joins)[number], ends: readonly Flow[]): Stride {
  const maps = join === "mul" ? ends.filter((end) => !isScale(end)) : ends;
  return sharedStride((maps.length > 0 ? maps : ends.filter(({ stride }) => stride !== null)).map((end) => end.stride));
}

function isScale({ shape }: Flow): boolean {
  return shape !== null && shape.length === 3 && formatShape(shape.slice(0, 2)) === "1x1";
}
