import { typeOf } from "./binding.ts";

/**
 * Declares `is_nan(x)`, which looks at the bits: WGSL lets compilers assume that there are no NaNs, and some make `x != x` false
 * and an exponential of NaN infinite.
 */
export function isNanFunction(lanes: 1 | 4): string {
  const [bool, u32] = lanes === 4 ? ["vec4<bool>", "vec4<u32>"] : ["bool", "u32"];
  return [
    `fn is_nan(x: ${typeOf(lanes)}) -> ${bool} {`,
    `  return (bitcast<${u32}>(x) & ${u32}(0x7fffffffu)) > ${u32}(0x7f800000u);`,
    "}",
  ].join("\n");
}
