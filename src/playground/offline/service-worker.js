/* global self, caches, Request, Response */

/**
 * Keeps the page and everything it may load, so that it works without a network. Files have a hash in their names, so what is
 * kept is right; the page itself is asked for anew, and taken from what is kept where that fails.
 */
const kept = /* what is kept */ null;
const cacheName = `mnet-${kept.version}`;

self.addEventListener("install", (event) => {
  const addAll = async () => {
    const cache = await caches.open(cacheName);
    // The browser has just loaded most of them, under names that never mean anything else.
    await cache.addAll([new Request("./", { cache: "reload" }), ...kept.files]);
    await self.skipWaiting();
  };
  event.waitUntil(addAll());
});

self.addEventListener("activate", (event) => {
  const takeOver = async () => {
    for (const name of await caches.keys())
      if (name.startsWith("mnet-") && name !== cacheName) await caches.delete(name);
    await self.clients.claim();
  };
  event.waitUntil(takeOver());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(self.registration.scope)) return;
  const answer = async () => {
    const cache = await caches.open(cacheName);
    if (request.mode === "navigate") {
      try {
        return await fetch(request);
      } catch {
        return (await cache.match("./")) ?? Response.error();
      }
    }
    return (await cache.match(request, { ignoreSearch: true })) ?? fetch(request);
  };
  event.respondWith(answer());
});
