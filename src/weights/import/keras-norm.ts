import type { KerasLayer } from "../../formats/keras-model.ts";

/** The settings of a Keras norm that its weights depend on. */
export interface KerasNorm {
  /** The epsilon that is added to the variance. Null if the configuration does not contain it. */
  readonly epsilon: number | null;
  /** True if it has a gamma. */
  readonly scale: boolean;
  /** True if it has a beta. */
  readonly center: boolean;
}

/** Reads the settings of a norm from its layer's configuration, with Keras' defaults for what is left out. */
export function kerasNorm({ config }: KerasLayer): KerasNorm {
  const { epsilon, scale, center } = config;
  return {
    epsilon: typeof epsilon === "number" ? epsilon : null,
    scale: scale !== false,
    center: center !== false,
  };
}
