// Keeps the last ticket's page, so that it opens also while there is no connection.
"use strict";
const KEPT = "queueapp";
const IS_TICKET = /^\/t\/[^/]+$/;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("message", (event) => event.waitUntil(keep(event.data.page, event.data.files)));

async function keep(page, files) {
  const kept = await caches.open(KEPT);
  for (const request of await kept.keys()) {
    const address = new URL(request.url);
    if (IS_TICKET.test(address.pathname) && address.pathname !== page.split("?")[0]) await kept.delete(request);
  }
  await kept.addAll([page, ...files]);
}

self.addEventListener("fetch", (event) => {
  const address = new URL(event.request.url);
  if (event.request.method !== "GET" || address.origin !== location.origin) return;
  if (address.pathname.startsWith("/static/")) event.respondWith(fromMemory(event.request));
  else if (event.request.mode === "navigate" && IS_TICKET.test(address.pathname)) event.respondWith(fromNetwork(event.request));
});

async function fromMemory(request) {
  return (await caches.match(request)) || fetch(request);
}

async function fromNetwork(request) {
  try {
    const answer = await fetch(request);
    if (!answer.ok) return answer;
    const whole = new Response(await answer.blob(), answer); // a connection that breaks off halfway counts as none
    (await caches.open(KEPT)).put(request, whole.clone());
    return whole;
  } catch (error) {
    const known = await caches.match(request, { ignoreSearch: true });
    if (known) return known;
    throw error;
  }
}
