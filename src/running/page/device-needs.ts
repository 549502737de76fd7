import { grouped } from "../../text/grouped.ts";

/** The features and limits that `plan.json` requires of a device. */
export interface DeviceNeeds {
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

/** The features and limits of an adapter. */
export interface DeviceOffer {
  readonly features: { readonly has: (name: string) => boolean };
  readonly limits: object;
}

/** Returns a sentence for each feature and limit that an adapter lacks. */
export function missingNeeds({ features, limits }: DeviceNeeds, offer: DeviceOffer): readonly string[] {
  const offered = offer.limits as Readonly<Record<string, number | undefined>>;
  return [
    ...features
      .filter((name) => !offer.features.has(name))
      .map((name) => `The network needs the WebGPU feature "${name}", which this adapter does not have.`),
    ...Object.entries(limits)
      .filter(([name, value]) => (offered[name] ?? 0) < value)
      .map(
        ([name, value]) =>
          `The network needs ${name} of ${grouped(value)}, but this adapter allows ${grouped(offered[name] ?? 0)}.`,
      ),
  ];
}
