/** What lint knows of a family of networks, named by `family=`. */
export interface Family {
  /** The expansion stays at t = 1. */
  readonly keepsExpansion?: true;
  /** A depthwise conv is followed by an activation also where no expansion stands before it. */
  readonly activatesDepthwise?: true;
}

const families: Readonly<Record<string, Family>> = {
  // Howard et al. 2017, Figure 3: ReLU after the depthwise conv and after the pointwise one.
  mobilenet_v1: { activatesDepthwise: true },
  // Wu et al. 2019, Figure 3, and the released networks.
  fbnet: { keepsExpansion: true },
};

const unknown: Family = {};

export function familyOf(name: string | null): Family {
  return name !== null && Object.hasOwn(families, name) ? (families[name] ?? unknown) : unknown;
}
