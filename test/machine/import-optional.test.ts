import { expect, test } from "vitest";
import { importOptional } from "../../src/machine/import-optional.ts";
import { orUnavailable, UnavailableError } from "../../src/machine/unavailable-error.ts";

const failing = (code: string, message: string) => () => Promise.reject(Object.assign(new Error(message), { code }));

test("a package that is not installed is named, with the command that installs it", async () => {
  const missing = failing("ERR_MODULE_NOT_FOUND", "Cannot find package 'tar'");
  const found = await orUnavailable(importOptional("tar", "Unpacking", missing));
  expect(found).toMatchObject({
    lack: "package",
    message: 'Unpacking needs the package "tar", which is not installed',
    hint: "Install it: npm install tar",
  });
});

test.each([
  ["ERR_DLOPEN_FAILED", "libfoo.so is missing"],
  ["ERR_MODULE_NOT_FOUND", "Cannot find package 'minipass'"],
])("a package that does not load gives its reason (%s)", async (code, reason) => {
  const load = importOptional("webgpu", "WebGPU in Node", failing(code, reason));
  await expect(load).rejects.toThrow(
    `WebGPU in Node needs the package "webgpu", which does not load on this machine: ${reason}`,
  );
  await expect(load).rejects.toBeInstanceOf(UnavailableError);
});

test("an installed package comes through", async () => {
  expect(await importOptional("x", "A test", () => Promise.resolve(7))).toBe(7);
});

test("only what a machine lacks is a value, and every other error is thrown", async () => {
  await expect(orUnavailable(Promise.reject(new Error("a fault")))).rejects.toThrow("a fault");
  expect(await orUnavailable(Promise.resolve(7))).toBe(7);
});
