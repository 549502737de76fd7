import { formatShape } from "../../ir/shape.ts";
import { claimIdentifier } from "../escape.ts";
import type { BodyPlan, PartPlan } from "../source-plan/module-plan.ts";
import { valueWord } from "../source-plan/path-words.ts";
import { INPUT, type Ref } from "../source-plan/ref.ts";
import { camelCase } from "./camel-case.ts";
import { callCode, type CallContext } from "./emit-call.ts";
import type { LayerName } from "./layer-spec.ts";

/** A body as statements. */
export interface EmittedBody {
  readonly statements: readonly string[];
  /** Returns the code for the value of a line, valid after the last statement. */
  readonly valueCode: (ref: Ref) => string;
}

interface Assignment {
  readonly variable: string;
  readonly code: string;
  readonly declares: boolean;
  readonly comment: string;
}
type Statement =
  Assignment | { readonly condition: string; readonly then: readonly Assignment[] } | { readonly returned: string };

/** The surroundings of a body. */
interface BodyPlace {
  readonly context: CallContext;
  /** The variable of the body's input. Lines may assign to it where it is reusable. */
  readonly input: { readonly variable: string; readonly reusable: boolean };
  /** Names that no new variable may have. */
  readonly taken: ReadonlySet<string>;
  /** Values that are read after the body. */
  readonly kept: readonly Ref[];
  /** Whether the last statement returns the body's value. */
  readonly returns: boolean;
}

/**
 * Writes a body line by line. After the last read of a value, the next value reuses its variable, so a chain is
 * written `x = …; x = …`. A value that is read later, such as the input of a residual, keeps its own variable.
 */
export function emitBody(body: BodyPlan<LayerName>, { context, input, taken, kept, returns }: BodyPlace): EmittedBody {
  const lastUse = lastUses(body, kept);
  const names = new Set([...taken, "name"]);
  names.delete("x");
  names.add(input.variable);
  const variables = new Map<Ref, string>([[INPUT, input.variable]]);
  const statements: Statement[] = [];
  const variableOf = (ref: Ref): string => variables.get(ref) ?? input.variable;
  const isFree = (ref: Ref, at: number): boolean => (lastUse.get(ref) ?? -1) <= at && (ref !== INPUT || input.reusable);
  const newName = (ref: Ref): string => {
    if (!names.has("x")) return claimIdentifier("x", "x", names);
    return claimIdentifier(camelCase(valueWord(body.lines[ref]?.path ?? "")), "value", names);
  };

  const emitLine = (ref: Ref, target: string | null): Assignment => {
    const line = body.lines[ref];
    if (line === undefined) throw new Error("internal: no such line");
    const code = callCode(line, line.inputs.map(variableOf), context);
    const reused = line.inputs.find((each) => isFree(each, ref));
    const declares = target === null && reused === undefined;
    const variable = target ?? (reused === undefined ? newName(ref) : variableOf(reused));
    variables.set(ref, variable);
    return { variable, code, declares, comment: line.shape === null ? "" : ` // ${formatShape(line.shape)}` };
  };

  const emitPart = (part: PartPlan): void => {
    const { first, last, bypass, option, test } = part;
    const own = variableOf(bypass);
    let result = own;
    if (!isFree(bypass, last)) {
      result = newName(last);
      statements.push({ variable: result, code: own, declares: true, comment: "" });
      // Before the part's first line writes to it, the new variable has the value of the bypass.
      variables.set(bypass, result);
    }
    const then: Assignment[] = [];
    for (let ref = first; ref <= last; ref++) {
      const assignment = emitLine(ref, ref === last ? result : null);
      if (assignment.variable === result) variables.set(bypass, own);
      then.push(assignment);
    }
    variables.set(bypass, own);
    statements.push({ condition: test === "flag" ? option.name : `${option.name} !== undefined`, then });
  };

  for (let ref = 0; ref < body.lines.length;) {
    const part = body.parts[body.lines[ref]?.part ?? -1];
    if (part === undefined) {
      statements.push(emitLine(ref, null));
      ref += 1;
    } else {
      emitPart(part);
      ref = part.last + 1;
    }
  }
  if (returns) endWith(variableOf(body.output));
  return { statements: write(statements), valueCode: variableOf };

  /** Adds the return statement. If the last statement assigns the result, it becomes the return statement. */
  function endWith(result: string): void {
    const last = statements.at(-1);
    const direct = last !== undefined && "code" in last && last.variable === result;
    if (direct) statements.pop();
    statements.push({ returned: direct ? last.code : result });
  }
}

/** Returns the last line that reads each value. A kept value counts as read after the last line. */
function lastUses(body: BodyPlan<LayerName>, kept: readonly Ref[]): ReadonlyMap<Ref, number> {
  const uses = new Map<Ref, number>();
  for (const [position, { inputs }] of body.lines.entries()) for (const ref of inputs) uses.set(ref, position);
  // The variable of a part's result starts with the bypass, so the part reads the bypass at its first line.
  for (const { first, bypass } of body.parts) uses.set(bypass, Math.max(uses.get(bypass) ?? -1, first));
  for (const ref of kept) uses.set(ref, body.lines.length);
  return uses;
}

function write(statements: readonly Statement[]): readonly string[] {
  const counts = new Map<string, number>();
  const assignments = statements.flatMap((statement) =>
    "then" in statement ? statement.then : "code" in statement ? [statement] : [],
  );
  for (const { variable } of assignments) counts.set(variable, (counts.get(variable) ?? 0) + 1);
  const assign = ({ variable, code, declares, comment }: Assignment): string => {
    const keyword = declares ? ((counts.get(variable) ?? 0) > 1 ? "let " : "const ") : "";
    return `${keyword}${variable} = ${code};${comment}`;
  };
  return statements.map((statement) => {
    if ("returned" in statement) return `return ${statement.returned};`;
    if ("then" in statement) return `if (${statement.condition}) {\n${statement.then.map(assign).join("\n")}\n}`;
    return assign(statement);
  });
}
