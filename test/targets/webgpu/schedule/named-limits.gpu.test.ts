import { create } from "webgpu";
import { expect, test } from "vitest";
import type { LimitName } from "../../../../src/targets/webgpu/schedule/limits.ts";
import { limitsNamed } from "../../../../src/targets/webgpu/schedule/named-limits.ts";

/** Kept until the process ends, which crashes where it is freed earlier. */
const gpu = create([]);

test("swiftshader is what the software adapter grants", async (context) => {
  const adapter = await gpu.requestAdapter();
  if (adapter?.info.architecture !== "swiftshader") {
    context.skip("another adapter is here");
    return;
  }
  for (const [name, value] of Object.entries(limitsNamed("swiftshader"))) {
    if (typeof value === "number") expect(adapter.limits[name as LimitName], name).toBe(value);
  }
});
