/** Writes snake case as camel case: `dw_conv` is `dwConv`. */
export function camelCase(text: string): string {
  return text.replace(/^_+|_+$/g, "").replace(/_+([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
