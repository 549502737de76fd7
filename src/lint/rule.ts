import type { DiagnosticDetails, Severity } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import type { LintSettings } from "./lint-settings.ts";
import type { FileContext } from "./file-context.ts";
import type { UsedIgnore } from "./ignores/use-ignores.ts";
import type { NetworkContext } from "./network-context.ts";

export const categories = ["correctness", "efficiency", "portability", "style"] as const;
export type Category = (typeof categories)[number];

/** What a rule says of one place. The engine adds the rule's name and severity. */
export interface Finding extends DiagnosticDetails {
  readonly span: Span;
  readonly message: string;
}

interface RulePage {
  /** Named for the fault, `bias-before-bn`; the code of its findings. */
  readonly id: string;
  readonly category: Category;
  /** Severity where nobody asks for another; `off` for rules that are asked for. */
  readonly severity: Severity | "off";
  /** One line: what is found. */
  readonly summary: string;
  /** A paragraph: why it is a fault, and what to do. */
  readonly why: string;
  /** Papers, documentation or reports that show it. */
  readonly source: string;
  /** A small spec that has the finding once, and the same put right. A test runs both. */
  readonly bad: string;
  readonly good: string;
  /** A small spec that looks like the fault and is right; a comment in it says why. Nothing is found in it, which a test checks. */
  readonly near: string;
  /** What the examples are linted with, for a rule that finds nothing unless it is told what to hold specs to. */
  readonly settings?: LintSettings;
}

/** Judges each network of a file, a preset like any other. */
export interface NetworkRule extends RulePage {
  readonly over: "network";
  /** What is idle is idle in a network and in all its presets, or is no fault. */
  readonly unanimous?: true;
  readonly check: (context: NetworkContext) => readonly Finding[];
}

/** Judges a file as it is written, also where its networks do not compile. */
export interface FileRule extends RulePage {
  readonly over: "file";
  readonly check: (context: FileContext) => readonly Finding[];
}

/** Names what the compiler reports already, under the compiler's own codes: one fault is one finding. */
export interface CompilerRule extends RulePage {
  readonly over: "compiler";
  readonly severity: "error";
  readonly codes: readonly string[];
}

/** Judges the comments that hide findings, after everything else has spoken; what it finds no comment hides. */
export interface IgnoreRule extends RulePage {
  readonly over: "ignores";
  /** `active` are the rules that had every chance to find something: none where part of the file was not linted. */
  readonly check: (
    ignores: readonly UsedIgnore[],
    rules: readonly Rule[],
    active: ReadonlySet<string>,
  ) => readonly Finding[];
}

export type Rule = NetworkRule | FileRule | CompilerRule | IgnoreRule;
