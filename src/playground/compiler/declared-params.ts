import type { Program } from "../../program/program.ts";
import type { ParamDeclaration } from "../../syntax/ast.ts";

/** Returns the params of a network. A preset has the params of its base network. */
export function declaredParams({ networks }: Program, network: string): readonly ParamDeclaration[] {
  const declared = networks.get(network);
  const base = declared?.kind === "preset" ? networks.get(declared.base.text) : declared;
  return base?.kind === "network" ? base.body.filter((statement) => statement.kind === "param") : [];
}
