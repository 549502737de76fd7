import { UnavailableError } from "../machine/unavailable-error.ts";

/** Makes the error of an adapter without a feature that a program needs. */
export function missingFeature(adapter: string, feature: string): UnavailableError {
  const message = `${adapter} lacks the feature "${feature}", which the program needs`;
  return new UnavailableError("feature", message, "Use a GPU and a driver that have it.");
}
