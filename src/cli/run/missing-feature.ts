import { UnavailableError } from "./unavailable-error.ts";

/** What a verb says of an adapter without a feature that the program needs; `otherwise` is what else could be done. */
export function missingFeature(adapter: string, feature: string, otherwise = ""): UnavailableError {
  return new UnavailableError(`${adapter} lacks the feature "${feature}", which the program needs`, {
    hint: `Use a GPU and a driver that have it, or leave out --precision f16.${otherwise}`,
  });
}
