import { expect, test } from "vitest";
import { diskHost } from "../../src/cli/run/language-server-host.ts";
import { nameOfUri, uriOfName } from "../../src/lsp/server/file-names.ts";

test.each(["file:///specs/a.mnet", "file:///specs/%C3%A9%20b.mnet", "file://host/share/a.mnet", "untitled:Untitled-1"])(
  "%s has a name that leads back to it",
  (uri) => {
    expect(uriOfName(nameOfUri(uri))).toBe(uri);
  },
);

test("a URI that escapes no character is its own name", () => {
  expect(nameOfUri("file:///%E0%A4%A.mnet")).toBe("file:///%E0%A4%A.mnet");
});

test("what this machine has no path for is not there", () => {
  const { host } = diskHost();
  for (const name of ["//host/a.mnet", "/a\0b.mnet", "untitled:Untitled-1"]) {
    expect(host.reader(name)(name)).toBeNull();
    expect(host.specsBelow(name)).toEqual([]);
    expect(host.lintOptions(name).problem).toBeNull();
  }
});
