import type { KerasLayer } from "../../formats/keras-model.ts";

/** The settings of a Keras norm that its weights depend on. */
export interface KerasNorm {
  /** What is added to the variance; null where the configuration does not say. */
  readonly epsilon: number | null;
  /** Whether it has a gamma. */
  readonly scale: boolean;
  /** Whether it has a beta. */
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
