/** What a client may say when it starts the server, as `initializationOptions`. */
export interface ServerSettings {
  /** How many milliseconds typing pauses before findings are published. */
  readonly debounceMilliseconds: number;
  /** True for a client that shows files of the block library itself and asks for their text (`mnet/libraryText`). */
  readonly virtualLibrary: boolean;
}

export function readSettings(options: unknown): ServerSettings {
  const given: Readonly<Record<string, unknown>> =
    typeof options === "object" && options !== null ? { ...options } : {};
  const milliseconds = given["debounceMilliseconds"];
  const inRange = typeof milliseconds === "number" && milliseconds >= 0 && milliseconds <= 10_000;
  return {
    debounceMilliseconds: inRange ? milliseconds : 60,
    virtualLibrary: given["virtualLibrary"] === true,
  };
}
