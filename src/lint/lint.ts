import { checkAsserts } from "../analysis/asserts.ts";
import { orderDiagnostics, structureNetwork, type CompileRequest, type StructuredNetwork } from "../compile.ts";
import { hasErrors, type Diagnostic, type Severity } from "../diagnostics/diagnostic.ts";
import { checkProgramBlocks } from "../lower/lower-network.ts";
import { loadProgram } from "../program/load-program.ts";
import type { Program } from "../program/program.ts";
import { chooseNetworks } from "../program/choose-networks.ts";
import type { Source } from "../text/source.ts";
import type { Span } from "../text/span.ts";
import type { NetworkChoice } from "../inspect.ts";
import { createFileContext } from "./file-context.ts";
import { createIgnores } from "./ignores/use-ignores.ts";
import type { LintSettings } from "./lint-settings.ts";
import { measureFix } from "./measure-fix.ts";
import { createNetworkContext, type NetworkContext } from "./network-context.ts";
import type { Finding, NetworkRule, Rule } from "./rule.ts";
import { rules } from "./rules/index.ts";

/** What a spec is reviewed with. */
export interface LintOptions extends LintSettings {
  /** Severities that replace the rules' own, by the rule's name. */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /** Whether each fix is tried, so that it says how it changes the figures; true if left out. */
  readonly measure?: boolean;
}

/** The findings of a review. */
export interface LintReport {
  /** Every file read, by name. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly networks: readonly string[];
  /** The findings of the compiler and of the rules, in order of place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Fixes are tried until this many nodes have been compiled. What later fixes change is left open. */
const mostNodes = 100_000;

/**
 * Compiles the networks of a spec and runs every rule of review on them.
 *
 * @param entry the spec.
 * @param request the network to compile, null for all of them; the values of its params; and how to read imports.
 * @param options the rules and limits to lint with.
 * @returns the errors of compiling and the findings of the rules, in the order of files and places.
 */
export function lint(entry: Source, request: CompileRequest, options: LintOptions = {}): LintReport {
  const program = loadProgram(entry, request.read);
  const { names, diagnostics } = chooseNetworks(program, request.network);
  const found: Diagnostic[] = [...program.diagnostics, ...diagnostics];
  const contexts: NetworkContext[] = [];
  for (const name of names) {
    // One that does not compile leaves the others to be judged.
    const { value: network, diagnostics: own } = structureNetwork(program, name, request.set);
    found.push(...own);
    if (network === null) continue;
    found.push(...checkAsserts(network.training).diagnostics);
    const context = createNetworkContext({ program, name, set: request.set, settings: options }, network);
    if (context !== null) contexts.push(context);
  }
  found.push(...checkProgramBlocks(program));
  const isWhole = request.network === null && request.set.size === 0 && !hasErrors(found);
  found.push(...judge(program, contexts, isWhole, options));
  return {
    sources: program.sources,
    networks: [...program.networks.keys()],
    diagnostics: orderDiagnostics(program, found),
  };
}

/**
 * Runs the rules on networks that are compiled already. `choice` names the network that has other values of its params. `isWhole` is
 * true if the networks are all of the program and have no errors: only then is it known whether an ignore hides nothing.
 */
export function reviewNetworks(
  program: Program,
  networks: ReadonlyMap<string, StructuredNetwork>,
  isWhole: boolean,
  options: LintOptions,
  choice: NetworkChoice | null = null,
): readonly Diagnostic[] {
  const contexts = [...networks].flatMap(([name, network]) => {
    const set = choice?.network === name ? choice.set : new Map<string, string>();
    return createNetworkContext({ program, name, set, settings: options }, network) ?? [];
  });
  return judge(program, contexts, isWhole, options);
}

/** Returns the rules' findings that no ignore hides. Each place has one finding of a rule, from the first network that shows it. */
function judge(
  program: Program,
  contexts: readonly NetworkContext[],
  isWhole: boolean,
  { severities = {}, measure = true }: LintOptions,
): readonly Diagnostic[] {
  const file = createFileContext(program);
  const ignores = createIgnores(program);
  const active = rules.flatMap((rule) => {
    const severity = severities[rule.id] ?? rule.severity;
    return severity === "off" ? [] : [{ rule, severity }];
  });
  const judged = new Set(isWhole ? active.map(({ rule }) => rule.id) : []);
  const findingsOf = (rule: Rule): readonly FoundIn[] => {
    switch (rule.over) {
      case "compiler":
        return [];
      case "file":
        return rule.check(file).map((finding) => ({ finding, context: null }));
      case "network":
        return networkFindings(rule, contexts);
      case "ignores":
        return rule.check(ignores.ofEntry(), rules, judged).map((finding) => ({ finding, context: null }));
    }
  };

  const diagnostics: Diagnostic[] = [];
  let compiled = 0;
  // Rules about ignores run last: by then it is known what each ignore hides.
  const order = [
    ...active.filter(({ rule }) => rule.over !== "ignores"),
    ...active.filter(({ rule }) => rule.over === "ignores"),
  ];
  for (const { rule, severity } of order) {
    const seen = new Set<string>();
    for (const { finding, context } of findingsOf(rule)) {
      const { span, message, related = [], hint = null, fix = null } = finding;
      if (seen.has(placeKey(span))) continue;
      seen.add(placeKey(span));
      if (rule.over !== "ignores" && ignores.hides(rule.id, span)) continue;
      const tried = fix !== null && context !== null && measure && compiled < mostNodes;
      if (tried) compiled += context.graph.nodes.length;
      const shown = tried ? measureFix(context, fix) : fix;
      diagnostics.push({ code: rule.id, severity, message, span, related, hint, fix: shown });
    }
  }
  return diagnostics;
}

interface FoundIn {
  readonly finding: Finding;
  readonly context: NetworkContext | null;
}

function networkFindings(rule: NetworkRule, contexts: readonly NetworkContext[]): readonly FoundIn[] {
  const found = contexts.map((context) => ({ context, findings: rule.check(context) }));
  const shown = found.flatMap(({ context, findings }) => findings.map((finding) => ({ finding, context })));
  if (rule.unanimous !== true) return shown;
  return shown.filter(({ finding, context }) =>
    found
      .filter((other) => other.context.declaration === context.declaration)
      .every(({ findings }) => findings.some(({ span }) => placeKey(span) === placeKey(finding.span))),
  );
}

function placeKey({ file, start, end }: Span): string {
  return `${file}\u0000${start}\u0000${end}`;
}
