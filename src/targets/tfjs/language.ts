/** The languages of a module. */
export const languages = ["ts", "js"] as const;
export type Language = (typeof languages)[number];

/**
 * Keeps (TypeScript) or removes (JavaScript) the type annotations between ‹ and › in a source text of mnet. The text
 * must not contain a user's text.
 */
export function annotated(language: Language, text: string): string {
  return text.replace(/‹([^›]*)›/g, language === "ts" ? "$1" : "");
}
