/** `dw_conv` as `dwConv`: labels are often snake case, JavaScript's names are not. */
export function camelCase(text: string): string {
  return text.replace(/^_+|_+$/g, "").replace(/_+([A-Za-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}
