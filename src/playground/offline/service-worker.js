/* global self, caches, Request, Response */

/**
 * Caches the page and every file that it may load, so that the page works offline. The name of a file contains a hash
 * of its contents, so a cached file is always current. The page itself is fetched again each time, and comes from the
 * cache if that fails.
 */
const kept = /* what is kept */ null;
const cacheName = `mnet-${kept.version}`;

self.addEventListener("install", (event) => {
  const addAll = async () => {
    const cache = await caches.open(cacheName);
    // The browser has just loaded most of these files. A name with a hash never refers to other contents, so the
    // browser's own cache may be used.
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
