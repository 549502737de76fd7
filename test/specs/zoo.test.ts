import { describe, expect, it } from "vitest";
import { readReferences } from "../../scripts/zoo/references.ts";
import { isEqual, networksOf, specFiles, zooRows, type ZooRow } from "../../scripts/zoo/zoo-rows.ts";

/** Returns what is wrong with a row: nothing where its counts are equal, or where it says why they are not. */
function faultOf(row: ZooRow): string | null {
  const { size = 224, why } = row.reference;
  const expected = Array.isArray(size) ? size : [size, size, 3];
  if (row.there !== null && row.input.join() !== expected.join()) return `input ${row.input.join()}`;
  if (isEqual(row)) return why === undefined ? null : "equal, and says why it is not";
  if (why !== undefined) return null;
  return `${JSON.stringify(row.here)}, and ${row.reference.model ?? "no model"} has ${JSON.stringify(row.there)}`;
}

describe("the zoo", () => {
  it.each(specFiles)("%s counts what its models count, or says why not", (file) => {
    const faults = zooRows([file]).flatMap((row) => {
      const fault = faultOf(row);
      return fault === null ? [] : [`${row.network}: ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it("has one row for each network", () => {
    const networks = specFiles.flatMap(networksOf).sort();
    expect(networks).toEqual([...new Set(networks)]);
    expect(
      readReferences()
        .rows.map(({ network }) => network)
        .sort(),
    ).toEqual(networks);
  });

  it("computes what its models compute, where outputs were compared", () => {
    const outputs = readReferences().rows.flatMap(({ outputs: difference }) => difference ?? []);
    expect(outputs.length).toBeGreaterThan(10);
    expect(Math.max(...outputs)).toBeLessThan(1e-4);
  });

  it("sees a count that is off by one, a row without a reason and an input of another size", () => {
    const [row] = zooRows(["vgg.mnet"]);
    if (row === undefined) throw new Error("vgg.mnet has no network");
    const { params, macs } = row.here;
    expect(faultOf({ ...row, there: { params, macs } })).toBeNull();
    expect(faultOf({ ...row, there: { params: params + 1, macs } })).toContain(String(params + 1));
    expect(faultOf({ ...row, there: { params, macs: macs - 1 } })).toContain(String(macs - 1));
    expect(faultOf({ ...row, there: null, reference: { network: row.network } })).toContain("no model");
    expect(faultOf({ ...row, input: [225, 224, 3] })).toBe("input 225,224,3");
    expect(faultOf({ ...row, reference: { ...row.reference, why: "no reason" } })).toContain("equal");
  });
});
