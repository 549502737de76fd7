import { checkAsserts } from "../analysis/asserts.ts";
import { orderDiagnostics, structureNetwork, type CompileRequest } from "../compile.ts";
import { hasErrors, type Diagnostic, type Severity } from "../diagnostics/diagnostic.ts";
import { checkProgramBlocks } from "../lower/lower-network.ts";
import { loadProgram, type Program } from "../lower/program.ts";
import { chooseNetworks } from "../choose-networks.ts";
import type { Source } from "../text/source.ts";
import { createFileContext } from "./file-context.ts";
import { createIgnores, type Ignores } from "./ignores/use-ignores.ts";
import type { LintSettings } from "./lint-settings.ts";
import { measureFix, type MeasuredNetwork } from "./measure-fix.ts";
import { createNetworkContext } from "./network-context.ts";
import type { Finding, Rule } from "./rule.ts";
import { rules as allRules } from "./rules/index.ts";

export interface LintOptions extends LintSettings {
  /** Instead of a rule's own severity, by the rule's name. */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /** Whether fixes say what they do to the figures, for which each is tried. */
  readonly measure?: boolean;
}

export interface LintReport {
  /** Every file read, by name. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly networks: readonly string[];
  /** What the compiler finds and what the rules find, in order of place. */
  readonly diagnostics: readonly Diagnostic[];
}

/** More fixes of one file are not tried out; what they do is then left open. */
const mostMeasured = 40;

/** Compiles a spec's networks, all or the one that is asked for, and has every rule judge them. */
export function lint(entry: Source, request: CompileRequest, options: LintOptions = {}): LintReport {
  const program = loadProgram(entry, request.read);
  const active = allRules.flatMap((rule) => {
    const severity = options.severities?.[rule.id] ?? rule.severity;
    return severity === "off" ? [] : [{ rule, severity }];
  });
  const ignores = createIgnores(program);
  const collector = createCollector(program, ignores, options.measure ?? true);
  const { names, diagnostics } = chooseNetworks(program, request.network);
  const found: Diagnostic[] = [...program.diagnostics, ...diagnostics];

  const file = createFileContext(program);
  for (const { rule, severity } of active) {
    if (rule.over === "file") collector.add(rule, severity, rule.check(file), null);
  }
  for (const name of names) {
    const own: Diagnostic[] = [];
    const network = structureNetwork(program, name, request.set, own);
    found.push(...own);
    if (network === null) continue;
    found.push(...checkAsserts(network.training).diagnostics);
    const context = createNetworkContext(program, name, network, options);
    if (context === null) continue;
    for (const { rule, severity } of active) {
      if (rule.over !== "network") continue;
      collector.add(rule, severity, rule.check(context), { name, set: request.set, graph: network.training });
    }
  }
  found.push(...checkProgramBlocks(program));
  const isWhole = request.network === null && request.set.size === 0 && !hasErrors(found);
  const judged = new Set(isWhole ? active.map(({ rule }) => rule.id) : []);
  for (const { rule, severity } of active) {
    if (rule.over === "ignores") collector.add(rule, severity, rule.check(ignores.ofEntry(), allRules, judged), null);
  }
  found.push(...collector.diagnostics);
  return {
    sources: program.sources,
    networks: [...program.networks.keys()],
    diagnostics: orderDiagnostics(program, found),
  };
}

/** Findings of the rules as diagnostics. A place has one finding of a rule, whichever of the networks shows it first. */
function createCollector(program: Program, ignores: Ignores, measure: boolean) {
  const diagnostics: Diagnostic[] = [];
  const seen = new Set<string>();
  let measured = 0;
  return {
    diagnostics,
    add(rule: Rule, severity: Severity, findings: readonly Finding[], network: MeasuredNetwork | null): void {
      for (const { span, message, related = [], hint = null, fix = null } of findings) {
        const key = `${rule.id}\u0000${span.file}\u0000${span.start}\u0000${span.end}`;
        if (seen.has(key)) continue;
        seen.add(key);
        if (rule.over !== "ignores" && ignores.hides(rule.id, span)) continue;
        const tried = fix !== null && network !== null && measure && measured < mostMeasured;
        if (tried) measured += 1;
        diagnostics.push({
          code: rule.id,
          severity,
          message,
          span,
          related,
          hint,
          fix: tried ? measureFix(program, network, fix) : fix,
        });
      }
    },
  };
}
