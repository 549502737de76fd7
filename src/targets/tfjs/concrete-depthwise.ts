import type { DepthwiseInitializer, Value } from "../source-plan/value.ts";

/**
 * Returns the initialiser with computed numbers, for instances of one helper that have different initialisers.
 *
 * @param layer the settings of the layer
 */
export function concreteDepthwise({ depthwise }: DepthwiseInitializer, layer: ReadonlyMap<string, Value>): Value {
  const size = layer.get("kernelSize");
  const [height = 1, width = height] = Array.isArray(size) ? (size as readonly number[]) : [Number(size)];
  const multiplier = Number(layer.get("depthMultiplier") ?? 1);
  const area = height * width;
  const normal = (variance: number): Value => ({
    initializer: "truncatedNormal",
    settings: { stddev: Math.sqrt(variance) / 0.8796 },
  });
  const uniform = (limit: number): Value => ({
    initializer: "randomUniform",
    settings: { minval: -limit, maxval: limit },
  });
  switch (depthwise) {
    case "he_normal":
      return normal(2 / area);
    case "he_uniform":
      return uniform(Math.sqrt(6 / area));
    case "glorot_normal":
      return normal(2 / (area * (1 + multiplier)));
    case "glorot_uniform":
      return uniform(Math.sqrt(6 / (area * (1 + multiplier))));
  }
}
