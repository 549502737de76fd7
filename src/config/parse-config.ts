import type { z } from "zod";
import { didYouMean } from "../text/did-you-mean.ts";
import { rules } from "../lint/rules/index.ts";
import { configSchema, type Config } from "./config-schema.ts";

/** A configuration, or the first problem with its text. */
export type ParsedConfig =
  | { readonly value: Config; readonly problem: null }
  /** The first thing that is wrong, in one line. */
  | { readonly value: null; readonly problem: string };

/**
 * Reads the text of a `mnet.config.json`.
 *
 * @param text JSON.
 * @returns the configuration, or null and the first problem in one line if the text is not JSON or has a wrong
 * setting.
 */
export function parseConfig(text: string): ParsedConfig {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    return { value: null, problem: `it is not JSON: ${cause instanceof Error ? cause.message : String(cause)}` };
  }
  const parsed = configSchema.safeParse(json);
  if (parsed.success) return { value: parsed.data, problem: null };
  const [issue] = parsed.error.issues;
  return { value: null, problem: issue === undefined ? "it does not fit the schema" : describe(issue) };
}

function describe(issue: z.core.$ZodIssue): string {
  const where = issue.path.map(String).join(".");
  if (issue.code !== "unrecognized_keys") return where === "" ? issue.message : `${where}: ${issue.message}`;
  const key = issue.keys[0] ?? "";
  if (where !== "rules") {
    const near = didYouMean(key, Object.keys(configSchema.shape));
    return `${where === "" ? "" : `${where}: `}there is no setting "${key}"${near === null ? "" : `; did you mean "${near}"?`}`;
  }
  const rule = rules.find(({ id }) => id === key);
  if (rule !== undefined) return `rules: "${key}" is found by the compiler and is always an error`;
  const near = didYouMean(
    key,
    rules.map(({ id }) => id),
  );
  return `rules: there is no rule "${key}"${near === null ? "" : `; did you mean "${near}"?`}`;
}
