import { expect, test } from "vitest";
import { importOptional } from "../../src/gpu/import-optional.ts";

const failing = (code: string, message: string) => () => Promise.reject(Object.assign(new Error(message), { code }));

test("a package that is not there is named, with the command that brings it", async () => {
  await expect(importOptional("tar", failing("ERR_MODULE_NOT_FOUND", "Cannot find package"))).rejects.toThrow(
    'The package "tar" is needed for this and is not installed; run "npm install tar".',
  );
});

test("a package that does not load gives its reason", async () => {
  await expect(importOptional("webgpu", failing("ERR_DLOPEN_FAILED", "libfoo.so is missing"))).rejects.toThrow(
    'The package "webgpu" does not load on this machine: libfoo.so is missing',
  );
});

test("one that is there comes through", async () => {
  expect(await importOptional("x", () => Promise.resolve(7))).toBe(7);
});
