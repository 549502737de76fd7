import { describe, expect, it } from "vitest";
import { alignInstances, type Instance, type Step } from "../../../src/targets/source-plan/align-instances.ts";

/** `a<in`, `add<b,in`: a step at path `a` that reads the instance's input; the last one is the output. */
function instance(...lines: readonly string[]): Instance<string> {
  const steps: Step<string>[] = [];
  const refs = new Map([["in", -1]]);
  for (const line of lines) {
    const [head = "", inputs = ""] = line.split("<");
    const [path = "", layer = path] = head.split(":");
    const read = inputs.split(",").map((name) => refs.get(name) ?? Number.NaN);
    refs.set(path, steps.push({ path, target: { kind: "layer", layer }, values: new Map(), inputs: read }) - 1);
  }
  return { steps, output: steps.length - 1 };
}

/** Writes the alignment as lines: `?` marks an optional step, with the step that follows without it. */
function aligned(...instances: readonly Instance<string>[]): readonly string[] | null {
  const alignment = alignInstances(instances);
  if (alignment === null) return null;
  const nameOf = (ref: number) => alignment.slots[ref]?.path ?? "in";
  const lines = alignment.slots.map(({ path, inputs, part }) => {
    const bypass = part === null ? "" : `?${nameOf(alignment.parts[part]?.bypass ?? -1)}`;
    return `${path}<${inputs.map(nameOf).join()}${bypass}`;
  });
  return [...lines, `= ${nameOf(alignment.output)}`];
}

describe("alignInstances", () => {
  it("a first line that some leave out hands its input on", () => {
    expect(aligned(instance("b<in", "c<b"), instance("a<in", "b<a", "c<b"))).toEqual(["a<in?in", "b<a", "c<b", "= c"]);
  });

  it("a residual goes back to the value before it, not to the input it adds", () => {
    const plain = instance("a<in", "b<a");
    const residual = instance("a<in", "b<a", "add<b,in");
    const expected = ["a<in", "b<a", "add<b,in?b", "= add"];
    expect(aligned(plain, residual)).toEqual(expected);
    expect(aligned(residual, plain)).toEqual(expected);
    expect(aligned(instance("a<in", "b<a", "add<in,b"), plain)).toEqual(["a<in", "b<a", "add<in,b?b", "= add"]);
  });

  it("lines that come and go together are one part", () => {
    const alignment = alignInstances([instance("a<in", "d<a"), instance("a<in", "b<a", "c<b", "d<c")]);
    expect(alignment?.parts).toEqual([{ first: 1, last: 2, bypass: 0 }]);
  });

  it("parts that never meet still chain", () => {
    expect(aligned(instance("a<in", "b<a", "d<b"), instance("a<in", "c<a", "d<c"))).toEqual([
      "a<in",
      "c<a?a",
      "b<c?c",
      "d<b",
      "= d",
    ]);
  });

  it("a value inside a part that others read has no bypass", () => {
    expect(aligned(instance("a<in", "d<a,a"), instance("a<in", "b<a", "c<b", "d<b,c"))).toBeNull();
  });

  it("another order, another target under the same path, another wiring, and nothing in common are refused", () => {
    expect(aligned(instance("a<in", "b<a", "z<b"), instance("b<in", "a<b", "z<a"))).toBeNull();
    expect(aligned(instance("a:conv<in", "z<a"), instance("a:pool<in", "z<a"))).toBeNull();
    expect(aligned(instance("a<in", "b<a", "z<a,b"), instance("a<in", "b<a", "z<b,a"))).toBeNull();
    expect(aligned(instance("a<in"), instance("b<in"))).toBeNull();
  });
});
