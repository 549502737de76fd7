import type { Program, ProgramFile } from "../../program/program.ts";
import type { Span } from "../../text/span.ts";
import { ignoreComments, type IgnoreComment } from "./ignore-comment.ts";

/** An ignore of the linted file, and the rules it names that had a finding for it to hide. */
export interface UsedIgnore {
  readonly comment: IgnoreComment;
  readonly used: ReadonlySet<string>;
}

/** The ignores of a program's files. They remember which findings they hid. */
export interface Ignores {
  /** Says whether an ignore hides a rule's finding at a place, and remembers that it did. */
  readonly hides: (rule: string, span: Span) => boolean;
  /** The ignores of the entry file, in order. Those of imported files may be for other networks. */
  readonly ofEntry: () => readonly UsedIgnore[];
}

export function createIgnores(program: Program): Ignores {
  const files = new Map<string, { readonly comment: IgnoreComment; readonly used: Set<string> }[]>();
  for (const file of filesOf(program)) {
    const comments = ignoreComments(file.source, file.ast);
    if (comments.length > 0)
      files.set(
        file.source.name,
        comments.map((comment) => ({ comment, used: new Set() })),
      );
  }
  return {
    hides(rule, { file, start }) {
      let hidden = false;
      for (const { comment, used } of files.get(file) ?? []) {
        const { covers, rules } = comment;
        if (start < covers.start || start >= covers.end || !rules.some(({ id }) => id === rule)) continue;
        used.add(rule);
        hidden = true;
      }
      return hidden;
    },
    ofEntry: () => files.get(program.entry.source.name) ?? [],
  };
}

/** Returns the entry and the files whose blocks it can use, without the library. */
function filesOf(program: Program): readonly ProgramFile[] {
  const imported = [...program.entry.imported.values()].map(({ file }) => file);
  return [...new Set([program.entry, ...imported])].filter((file) => !file.fromLibrary);
}
