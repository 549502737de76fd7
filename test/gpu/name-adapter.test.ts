import { expect, test } from "vitest";
import { nameAdapter } from "../../src/gpu/name-adapter.ts";

const info = { vendor: "", architecture: "", device: "", description: "", isFallbackAdapter: false };

test("an adapter is called by the most exact name that it has", () => {
  const nvidia = { ...info, vendor: "nvidia", architecture: "ampere" };
  expect(nameAdapter({ ...nvidia, device: "0x2204", description: "RTX 3090" }).name).toBe("RTX 3090");
  expect(nameAdapter({ ...nvidia, device: "0x2204" }).name).toBe("0x2204");
  expect(nameAdapter(nvidia)).toEqual({ name: "nvidia ampere", isSoftware: false });
  expect(nameAdapter(info).name).toBe("unnamed adapter");
});

test("a software adapter is told by its flag, its name or its architecture", () => {
  expect(nameAdapter({ ...info, isFallbackAdapter: true }).isSoftware).toBe(true);
  expect(nameAdapter({ ...info, device: "SwiftShader Device (Subzero)" }).isSoftware).toBe(true);
  expect(nameAdapter({ ...info, vendor: "google", architecture: "swiftshader" })).toEqual({
    name: "google swiftshader",
    isSoftware: true,
  });
});
