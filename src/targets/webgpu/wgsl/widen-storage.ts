import { closingBracket } from "../schedule/channel-view.ts";

/** One binding whose numbers are stored as `f16`, under the type that the code around it computes in. */
export interface NarrowBinding {
  readonly name: string;
  /** `f32` or `vec4<f32>`. */
  readonly computed: string;
  /** `f16` or `vec4<f16>`. */
  readonly stored: string;
}

/** Every read of a narrow binding in `code` as a number of the computed type: `input[at]` becomes `vec4<f32>(input[at])`. */
export function widenReads(code: string, { name, computed }: NarrowBinding): string {
  let widened = "";
  let done = 0;
  for (const { index } of code.matchAll(accesses(name))) {
    if (index < done) throw new Error(`internal: "${name}" is read inside its own index`);
    const end = closingBracket(code, index + name.length) + 1;
    widened += `${code.slice(done, index)}${computed}(${code.slice(index, end)})`;
    done = end;
  }
  return widened + code.slice(done);
}

/**
 * Every store to a narrow binding in `code`, narrowed: `output[at] = value;` becomes `output[at] = vec4<f16>(value);`. A binding
 * with four lanes is stored to whole, one with a single lane by the number.
 */
export function narrowStores(code: string, { name, stored }: NarrowBinding): string {
  let narrowed = "";
  let done = 0;
  for (const { index } of code.matchAll(accesses(name))) {
    const start = closingBracket(code, index + name.length) + " = ".length + 1;
    const end = code.indexOf(";", start);
    if (code.slice(start - 3, start) !== " = " || end < 0) throw new Error(`internal: "${name}" is not only stored to`);
    narrowed += `${code.slice(done, start)}${stored}(${code.slice(start, end)})`;
    done = end;
  }
  return narrowed + code.slice(done);
}

function accesses(name: string): RegExp {
  return new RegExp(`\\b${name}\\[`, "g");
}
