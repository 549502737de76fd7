/** Imports an emitted JavaScript module from memory. Its own imports must be absolute. */
export async function importModuleText<T>(text: string): Promise<T> {
  const module: unknown = await import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
  return module as T;
}
