import { rewriteFix } from "../diagnostics/rewrite-fix.ts";
import type { CallStatement, PathReference, TableStatement } from "../syntax/ast.ts";
import { bodyOf, walkStatements } from "../syntax/visit.ts";
import { counted } from "../text/counted.ts";
import { didYouMean } from "../text/did-you-mean.ts";
import type { Flow, Scope } from "./environment.ts";
import { joinPath, pathText } from "./paths.ts";
import { reportError, type LoweringState } from "./state.ts";
import { chainStrides, type Stride } from "./stride.ts";
import { reportAtPlace } from "./values/blame.ts";
import { unknownFlow } from "./values/scope.ts";

/** Returns the value that an op, a table or a branch reads: the one before it, or the one that its `from=` names. */
export function enteringValue(state: LoweringState, scope: Scope, from: readonly PathReference[], flow: Flow): Flow {
  const [only, second] = from;
  if (only === undefined) return flow;
  if (second === undefined) return earlierValue(state, scope, only) ?? unknownFlow();
  reportError(
    state,
    "call/input-count",
    second.span,
    `One value enters here, and ${counted(from.length, "value")} are named.`,
    {
      hint: "Join the values with a branch, or name one of them.",
    },
  );
  return unknownFlow();
}

/**
 * Returns the values that enter a block, one for each of its inputs. Returns null if there are more or fewer than it has. A block without
 * declared inputs has one.
 */
export function enteringValues(
  state: LoweringState,
  scope: Scope,
  { statement, inputs }: { readonly statement: CallStatement | TableStatement; readonly inputs: readonly string[] },
  flow: Flow,
): readonly [Flow, ...Flow[]] | null {
  const { from } = statement;
  const name = (statement.kind === "table" ? statement.block : statement.callee).text;
  const given = Math.max(1, from.length);
  const wanted = Math.max(1, inputs.length);
  if (given !== wanted) {
    const span = from[wanted]?.span ?? from[0]?.span ?? statement.span;
    reportError(
      state,
      "call/input-count",
      span,
      `Block "${name}" has ${counted(wanted, "input")}, and ${counted(given, "value")} ${given === 1 ? "enters" : "enter"} it.`,
      {
        hint: wanted === 1 ? "Name one value." : `Name a value for each of ${inputs.join(", ")}: "from=[…, …]".`,
      },
    );
    return null;
  }
  const [first = flow, ...rest] = from.map((path) => earlierValue(state, scope, path) ?? unknownFlow());
  return [first, ...rest];
}

/**
 * Finds the value that a path names, among those that stand above: in this body, in those around it, or inside a block, a branch or
 * another path of these. It never looks across the border of the block around it. Reports a path that names none, and returns null.
 */
export function earlierValue(state: LoweringState, scope: Scope, reference: PathReference): Flow | null {
  const text = pathText(reference);
  if (reference.parts.some((part) => part.text === "")) return null;
  const searched: string[] = [];
  for (let at: Scope | null = scope; at !== null; at = at.kind === "path" ? at.parent : null) {
    const path = joinPath(at.path, text);
    const flow = state.paths.get(path)?.flow;
    if (flow != null) {
      state.trace.starts.set(reference, at.path);
      return insideOf(state, scope, reference, at.path, flow);
    }
    searched.push(at.path);
  }
  reportUnknown(state, scope, reference, searched);
  return null;
}

/** Returns the paths of finished values below a prefix, without the prefix. */
function pathsBelow(state: LoweringState, prefix: string): readonly string[] {
  const begin = joinPath(prefix, "");
  const paths: string[] = [];
  for (const [path, { flow }] of state.paths) {
    if (flow !== null && path.startsWith(begin)) paths.push(path.slice(begin.length));
  }
  return paths;
}

/**
 * Returns a value as it is seen from `scope`: its stride counts from the same block's input as that of other values there. Refuses the last
 * layer of a block that may add its input to it: the sum has the block's own path.
 */
function insideOf(
  state: LoweringState,
  scope: Scope,
  reference: PathReference,
  prefix: string,
  flow: Flow,
): Flow | null {
  let stride: Stride = [1, 1];
  let path = prefix;
  for (const part of reference.parts.slice(0, -1)) {
    path = joinPath(path, part.text);
    const entered = state.entered.get(path);
    const block = entered === undefined ? undefined : state.blocks[entered.index];
    if (entered === undefined || block === undefined) continue;
    stride = chainStrides(stride, entered.stride);
    if (block.output !== flow.node || block.residual === "never") continue;
    const shown = path.slice(joinPath(prefix, "").length);
    reportAtPlace(state, {
      code: "name/before-residual",
      span: reference.span,
      scope,
      message: `"${pathText(reference)}" is the last value of block "${shown}", which may add its input to it.`,
      hint: `Name the block, "${shown}", or say residual=never where it is used.`,
    });
    return null;
  }
  return { ...flow, stride: chainStrides(stride, flow.stride) };
}

function reportUnknown(
  state: LoweringState,
  scope: Scope,
  reference: PathReference,
  searched: readonly string[],
): void {
  const text = pathText(reference);
  const known = searched.flatMap((prefix) => pathsBelow(state, prefix));
  const near = didYouMean(text, known);
  const isBelow = declaresLater(scope, reference);
  reportAtPlace(state, {
    code: "name/unknown-label",
    span: reference.span,
    scope,
    message: isBelow ? `"${text}" stands below, and "from" names a value above.` : `There is no value "${text}" above.`,
    hint: isBelow
      ? "Move the statement that makes the value up."
      : near !== null
        ? `Did you mean "${near}"?`
        : "Label an earlier statement of this body, and name that.",
    ...rewriteFix(reference.span, isBelow ? null : near),
  });
}

/** True if a statement of the same declaration below the reference, or around it, has the label that the reference begins with. */
function declaresLater({ file }: Scope, { parts, span }: PathReference): boolean {
  const item = file.ast.items.find((candidate) => candidate.span.start <= span.start && span.end <= candidate.span.end);
  let found = false;
  walkStatements(item === undefined ? [] : bodyOf(item), (statement) => {
    if (!("label" in statement) || statement.label === null) return;
    found ||= statement.label.text === parts[0]?.text && statement.span.end > span.start;
  });
  return found;
}
