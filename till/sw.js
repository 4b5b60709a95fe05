// Keeps whole versions of the till on the device and gives out one of them: the pinned one. A new
// version is fetched at once and waits; the till pins it between two shifts, never within one.

const VERSION = "__VERSION__";
const FILES = __FILES__;
const PHOTOS_KEPT = 400;

const cacheOf = (version) => `till-${version}`;
const PIN = "till-pin";
const PHOTOS = "till-photos";

async function pinned() {
  const kept = await (await caches.open(PIN)).match("/till/pin");
  return kept ? kept.text() : null;
}

async function pin(version) {
  await (await caches.open(PIN)).put("/till/pin", new Response(version));
  for (const name of await caches.keys()) {
    const isOld = name.startsWith("till-") && ![PIN, PHOTOS, cacheOf(version), cacheOf(VERSION)]
      .includes(name);
    if (isOld) await caches.delete(name);
  }
}

async function isWhole(version) {
  return Boolean(await (await caches.open(cacheOf(version))).match("/till/"));
}

// The whole programme comes in one piece, which is smaller than its hundred files one by one.
async function unpack(cache) {
  const answer = await fetch(`/till/v/${VERSION}/pack.txt`);
  if (!answer.ok) throw new Error(`The till's programme did not come: ${answer.status}.`);
  const whole = await answer.text();
  let at = whole.indexOf("\n") + 1;
  const { files, words } = JSON.parse(whole.slice(0, at));
  const next = (length) => whole.slice(at, (at += length));
  const keep = (name, kind, text) => {
    const headers = { "Content-Type": `${kind}; charset=utf-8` };
    return cache.put(`/till/v/${VERSION}/${name}`, new Response(text, { headers }));
  };
  for (const [name, kind, length] of files) await keep(name, kind, next(length));
  const { english, catalogues } = JSON.parse(next(words));
  for (const [name, said] of Object.entries(catalogues)) {
    const known = said.map((one, place) => [english[place], one]).filter(([, one]) => one);
    await keep(name, "application/json", JSON.stringify(Object.fromEntries(known)));
  }
}

async function keepThisVersion() {
  const cache = await caches.open(cacheOf(VERSION));
  const shell = await fetch("/till/", { cache: "no-store" });
  const text = await shell.clone().text();
  // Between our script and this page the server may have been renewed: then it is for the next.
  if (!shell.ok || !text.includes(`/till/v/${VERSION}/`)) throw new Error("Not of one version.");
  await unpack(cache);
  await cache.addAll(FILES.map((file) => `/till/v/${VERSION}/${file}`));
  await cache.put("/till/", shell);
  if ((await pinned()) === null) await pin(VERSION);
}

addEventListener("install", (event) => {
  // It only gives out files, and the pinned ones at that: it may take over at any time.
  self.skipWaiting();
  event.waitUntil(keepThisVersion());
});

addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

addEventListener("message", (event) => {
  const { ask, version } = event.data;
  const answer = async () => {
    if (ask === "pin" && (await isWhole(version))) await pin(version);
    event.ports[0].postMessage({ newest: VERSION, pinned: await pinned() });
  };
  event.waitUntil(answer());
});

async function shell(request) {
  const kept = await (await caches.open(cacheOf(await pinned()))).match("/till/");
  return kept ?? fetch(request);
}

async function file(request) {
  return (await caches.match(request, { ignoreSearch: true })) ?? fetch(request);
}

async function fetchPhoto(request, cache) {
  const answer = await fetch(request);
  if (answer.ok) {
    await cache.put(request, answer.clone());
    const all = await cache.keys();
    for (const old of all.slice(0, Math.max(0, all.length - PHOTOS_KEPT))) await cache.delete(old);
  } else if (answer.status === 404) await cache.delete(request); // its owner took it back
  return answer;
}

const looked = new Set();

async function photo(event) {
  const cache = await caches.open(PHOTOS);
  const kept = await cache.match(event.request);
  if (!kept) return fetchPhoto(event.request, cache);
  if (!looked.has(event.request.url)) {
    looked.add(event.request.url);
    event.waitUntil(fetchPhoto(event.request, cache).catch(() => {}));
  }
  return kept;
}

addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname, origin } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (pathname === "/till/") event.respondWith(shell(request));
  else if (pathname.startsWith("/till/v/")) event.respondWith(file(request));
  else if (request.destination === "image") event.respondWith(photo(event));
});
