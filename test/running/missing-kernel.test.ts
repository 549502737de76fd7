import { expect, test } from "vitest";
import { lacksKernel, orOnCpu } from "../../src/running/missing-kernel.ts";

const missing = new Error("Kernel 'Erf' not registered for the backend 'wasm'");

test("only a missing kernel is a reason for another backend", () => {
  expect(lacksKernel(missing)).toBe(true);
  expect(lacksKernel(new Error("out of memory"))).toBe(false);
  expect(lacksKernel("text")).toBe(false);
});

test("work whose backend lacks a kernel is done on cpu, and every other failure is thrown", async () => {
  const tried: string[] = [];
  const failing = (failure: Error) => (backend: string) => {
    tried.push(backend);
    return backend === "cpu" ? Promise.resolve(7) : Promise.reject(failure);
  };
  expect(await orOnCpu("wasm", failing(missing))).toBe(7);
  expect(tried).toEqual(["wasm", "cpu"]);
  await expect(orOnCpu("wasm", failing(new Error("out of memory")))).rejects.toThrow("out of memory");
  await expect(orOnCpu("cpu", () => Promise.reject(missing))).rejects.toThrow(missing);
});
