import fc from "fast-check";
import { expect, test } from "vitest";
import { documentOf, fitsLink, fragmentOf } from "../../../src/playground/share/share-link.ts";
import { randomSource } from "../../../src/weights/random.ts";
import { shippedDocument, shippedSpecs } from "../play-session.ts";

const document = shippedDocument("mobilenet_v2.mnet", { network: "MobileNetV2", params: { width: "0.75" } });

test("a link holds text, network and params, whatever they are", () => {
  const anything = fc.record({
    name: fc.string({ unit: "grapheme" }),
    text: fc.string({ unit: "grapheme" }),
    network: fc.option(fc.string()),
    params: fc.dictionary(fc.stringMatching(/^[a-z]+$/), fc.string()),
  });
  fc.assert(
    fc.property(anything, (any) => {
      expect(documentOf(fragmentOf(any))).toEqual({
        kind: "document",
        document: { ...any, params: { ...any.params } },
      });
    }),
    { numRuns: 60 },
  );
});

test("every shipped spec fits a link that mail and chat take", () => {
  for (const [name, text] of shippedSpecs) {
    const fragment = fragmentOf({ name, text, network: null, params: {} });
    expect(fragment).toMatch(/^#v1\.[0-9a-f]{8}\.[\w-]+$/);
    expect(fragment.length).toBeLessThan(4_000);
  }
});

test("no fragment is no link", () => {
  expect(documentOf("")).toEqual({ kind: "none" });
  expect(documentOf("#")).toEqual({ kind: "none" });
});

test("a link that lost or changed a character says so, and never opens something else", () => {
  const fragment = fragmentOf(document);
  for (let at = 1; at < fragment.length; at += 7) {
    const cut = fragment.slice(0, at);
    const changed = `${cut}${fragment.charAt(at) === "A" ? "B" : "A"}${fragment.slice(at + 1)}`;
    for (const broken of [cut, changed]) if (broken !== "#") expect(documentOf(broken).kind, broken).toBe("broken");
  }
});

test.each([
  ["#v2.00000000.AAAA", "it is of version 2, and this page reads version 1"],
  ["#section", "it does not have the form that this page writes"],
  ["#v1.00000000.a*b", "it has characters that do not occur in such a link"],
  ["#v1.00000000.AAAA", "a part of it is missing or altered"],
  [`#v1.00000000.${"A".repeat(100_000)}`, "it has more than 100000 characters"],
])("%s is told apart", (fragment, why) => {
  expect(documentOf(fragment)).toEqual({ kind: "broken", problem: `This link contains no spec: ${why}.` });
});

test("a link that unfolds to more than any spec is not unfolded", () => {
  const swollen = fragmentOf({ ...document, text: " ".repeat(5_000_000) });
  expect(swollen.length).toBeLessThan(100_000);
  expect(JSON.stringify(documentOf(swollen))).toContain("it inflates to 2097152 bytes or more");
});

test("a spec that no link holds is told before it is shared", () => {
  const { uniform } = randomSource(1, "noise");
  const noise = Array.from({ length: 200_000 }, () => String.fromCharCode(33 + Math.floor(90 * uniform()))).join("");
  expect(fitsLink(fragmentOf(document))).toBe(true);
  expect(fitsLink(fragmentOf({ ...document, text: noise }))).toBe(false);
});
