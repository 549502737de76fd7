import { expect, test } from "vitest";
import type { PlayDocument } from "../../../src/playground/compiler/play-document.ts";
import { createDocumentStore } from "../../../src/playground/page/document-store.ts";

const shipped = new Map([
  ["a.mnet", "network A {}"],
  ["b.mnet", "network B {}"],
]);

function open() {
  const changes: PlayDocument[] = [];
  const first: PlayDocument = { name: "a.mnet", text: "network A {}", network: null, params: {} };
  return { changes, store: createDocumentStore(shipped, first, (document) => changes.push(document)) };
}

test("params belong to a network: another begins with its defaults", () => {
  const { store } = open();
  store.setParam("width", "0.5");
  store.setParam("size", "96");
  store.setParam("width", null);
  expect(store.current().params).toEqual({ size: "96" });
  store.setNetwork("A2");
  expect(store.current()).toMatchObject({ network: "A2", params: {} });
});

test("an edited spec is found again as it was left, until it is reverted", () => {
  const { store, changes } = open();
  store.setText("network A { }");
  expect(store.isEdited()).toBe(true);
  expect(store.open("b.mnet").text).toBe("network B {}");
  expect(store.isEdited()).toBe(false);
  expect(store.open("a.mnet").text).toBe("network A { }");
  expect(store.revert().text).toBe("network A {}");
  expect(store.open("a.mnet").text).toBe("network A {}");
  expect(changes.at(-1)).toEqual(store.current());
});

test("the same text is no change, and what came by a link has nothing to revert to", () => {
  const { store, changes } = open();
  store.setText("network A {}");
  expect(changes).toEqual([]);
  store.replace({ name: "mine.mnet", text: "network M {}", network: "M", params: {} });
  expect(store.isEdited()).toBe(false);
});
