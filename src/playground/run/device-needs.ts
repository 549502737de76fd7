import { grouped } from "../../text/grouped.ts";

/** What `plan.json` says that a device must have. */
export interface DeviceNeeds {
  readonly features: readonly string[];
  readonly limits: Readonly<Record<string, number>>;
}

/** What an adapter offers. */
export interface DeviceOffer {
  readonly features: { readonly has: (name: string) => boolean };
  readonly limits: object;
}

/** A sentence for each feature and limit that an adapter does not have, so that nobody waits for a device that is refused. */
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
          `The network needs ${name} of ${grouped(value)}, and this adapter allows ${grouped(offered[name] ?? 0)}.`,
      ),
  ];
}
