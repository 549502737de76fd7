import type { DiagnosticDetails, Severity } from "../diagnostics/diagnostic.ts";
import type { Span } from "../text/span.ts";
import type { LintSettings } from "./lint-settings.ts";
import type { FileContext } from "./file-context.ts";
import type { UsedIgnore } from "./ignores/use-ignores.ts";
import type { NetworkContext } from "./network-context.ts";

export const categories = ["correctness", "efficiency", "portability", "style"] as const;
export type Category = (typeof categories)[number];

/** What a rule says of one place. The linter adds the rule's name and severity. */
export interface Finding extends DiagnosticDetails {
  readonly span: Span;
  readonly message: string;
}

interface RulePage {
  /** The name of the fault, such as `bias-before-bn`. It is the code of the rule's findings. */
  readonly id: string;
  readonly category: Category;
  /** The severity by default; `off` for a rule that runs only if a configuration asks for it. */
  readonly severity: Severity | "off";
  /** One line that says what is found. */
  readonly summary: string;
  /** A paragraph that says why it is a fault, and what to do. */
  readonly why: string;
  /** Papers, documentation or reports that show the fault. */
  readonly source: string;
  /** A small spec that has the finding once, and the same spec put right. A test lints both. */
  readonly bad: string;
  readonly good: string;
  /** A small spec that looks like the fault and is right; a comment in it says why. A test finds nothing in it. */
  readonly near: string;
  /** The settings that the examples are linted with, for a rule that finds nothing without them. */
  readonly settings?: LintSettings;
}

/** A rule that judges each network of a file. A preset is one of them. */
export interface NetworkRule extends RulePage {
  readonly over: "network";
  /** True if a place is reported only where the rule finds it in the network and in all its presets. */
  readonly unanimous?: true;
  readonly check: (context: NetworkContext) => readonly Finding[];
}

/** A rule that judges the tree of a file, even if its networks do not compile. */
export interface FileRule extends RulePage {
  readonly over: "file";
  readonly check: (context: FileContext) => readonly Finding[];
}

/** A rule that the compiler enforces. It names the compiler's codes and reports nothing itself, so that one fault is one finding. */
export interface CompilerRule extends RulePage {
  readonly over: "compiler";
  readonly severity: "error";
  readonly codes: readonly string[];
}

/** A rule about the comments that hide findings. It runs after all other rules, and no comment hides its findings. */
export interface IgnoreRule extends RulePage {
  readonly over: "ignores";
  /** `active` holds the rules that judged the whole file. It is empty if a part of the file was not linted. */
  readonly check: (
    ignores: readonly UsedIgnore[],
    rules: readonly Rule[],
    active: ReadonlySet<string>,
  ) => readonly Finding[];
}

export type Rule = NetworkRule | FileRule | CompilerRule | IgnoreRule;
