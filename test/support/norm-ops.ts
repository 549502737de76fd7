import type { Op } from "../../src/ir/op.ts";
import type { SampleNormOp } from "../../src/ir/ops/sample-norm.ts";

const kinds = [
  ["layer", 1],
  ["rms", 1],
  ["group", 1],
  ["group", 3],
  ["instance", 1],
] as const satisfies readonly (readonly [SampleNormOp["kind"], number])[];

function* norms(): Generator<readonly [string, SampleNormOp]> {
  for (const [kind, groups] of kinds) {
    for (const scale of [true, false]) {
      for (const center of kind === "rms" ? [false] : [true, false]) {
        const op = { op: "sample_norm", kind, groups, eps: 1e-3, scale, center } as const;
        yield [`${kind} norm, ${groups} groups, scale ${scale}, center ${center}`, op];
      }
    }
  }
}

/** Every norm with statistics of each sample, every scale and shift, and prelu, for a value of 6 channels. */
export const normOps: readonly (readonly [string, Op])[] = [
  ...norms(),
  ["response norm", { op: "response_norm", eps: 1e-3 }],
  ["learned scale", { op: "scale", factor: null, init: { kind: "ones" } }],
  ["constant scale", { op: "scale", factor: -0.25, init: { kind: "ones" } }],
  ["learned shift", { op: "shift", amount: null, init: { kind: "zeros" } }],
  ["prelu", { op: "prelu", init: { kind: "constant", value: 0.25 } }],
  ["constant shift", { op: "shift", amount: -0.25, init: { kind: "zeros" } }],
];
