/** The languages of a module. */
export const languages = ["ts", "js"] as const;
export type Language = (typeof languages)[number];

/**
 * Text of ours with its type annotations between ‹ and ›: kept in TypeScript, dropped in JavaScript. Never run over
 * anything that holds a user's text.
 */
export function annotated(language: Language, text: string): string {
  return text.replace(/‹([^›]*)›/g, language === "ts" ? "$1" : "");
}
