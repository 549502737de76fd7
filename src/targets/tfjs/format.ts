/** Formats a module. Loads prettier on first use, because only builds need it. */
export async function formatModule(source: string): Promise<string> {
  const [{ format }, babel, estree] = await Promise.all([
    import("prettier/standalone"),
    import("prettier/plugins/babel"),
    import("prettier/plugins/estree"),
  ]);
  return format(source, { parser: "babel-ts", plugins: [babel, estree], printWidth: 100 });
}
