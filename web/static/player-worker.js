// Keeps a week's routines for the gym without a network. Its own address carries a fingerprint of all it serves, so that
// a new version is a new worker with a new cache. Pages behind a runner's link are kept for that week alone: they go when
// the link runs out, when a later week is opened, and when we say that the link leads nowhere any more.

const ASSETS = `stridewell-assets-${location.search.slice(1)}`;
const PAGES = "stridewell-week-";
const SCOPE = new URL(self.registration.scope);
const PATIENCE_MS = 4000;

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) =>
  event.waitUntil(Promise.all([self.clients.claim(), sweep()])),
);

self.addEventListener("message", (event) => {
  const { keep } = event.data ?? {};
  if (keep) event.waitUntil(keepAll(keep).then((kept) => event.ports[0]?.postMessage({ kept })));
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== SCOPE.origin) return;
  if (event.request.mode === "navigate") {
    if (isPage(url)) event.respondWith(page(event));
  } else {
    event.respondWith(asset(event.request));
  }
});

const isPage = (url) => url.pathname.startsWith(SCOPE.pathname);

// The network first, as plans and warnings change; what was kept when it is gone, or so slow that it might as well be.
async function page(event) {
  const fresh = fetch(event.request).then((answer) => remember(event.request.url, answer));
  event.waitUntil(fresh.catch(() => undefined));
  await sweep();
  const kept = await caches.match(event.request, { ignoreSearch: true, ignoreVary: true });
  if (!kept) return fresh;
  const late = new Promise((done) => setTimeout(() => done(kept), PATIENCE_MS));
  return Promise.race([fresh.catch(() => kept), late]);
}

// Addresses of assets change with their content, so what is kept under one is always right.
async function asset(request) {
  const kept = await caches.match(request, { ignoreVary: true });
  if (kept) return kept;
  const answer = await fetch(request);
  if (answer.ok && new URL(request.url).search) (await caches.open(ASSETS)).put(request, answer.clone());
  return answer;
}

async function keepAll(addresses) {
  const urls = addresses.map((address) => new URL(address, SCOPE)).filter((url) => url.origin === SCOPE.origin);
  const assets = await caches.open(ASSETS);
  const all = urls.map(async (url) => {
    if (isPage(url)) return remember(url.href, await fetch(url, { cache: "no-store", redirect: "error" }));
    if (!(await assets.match(url, { ignoreVary: true }))) await assets.add(url);
    return undefined;
  });
  return (await Promise.allSettled(all)).every((one) => one.status === "fulfilled");
}

// Keeps a page that says until when it may be kept; a link that leads nowhere takes its kept pages along.
async function remember(address, answer) {
  const url = new URL(address);
  url.search = url.hash = "";
  if (answer.status === 404 || answer.status === 410) await forget(url);
  const [week, until] = (answer.headers.get("Stridewell-Keep") ?? "").split("/");
  if (!answer.ok || answer.redirected || !until) return answer;
  const copy = answer.clone();
  const weeks = (await caches.keys()).filter((name) => name.startsWith(PAGES)).map(weekOf);
  if (weeks.some((other) => other > week)) return answer;
  await Promise.all(weeks.filter((other) => other < week).map((other) => drop((name) => weekOf(name) === other)));
  const cache = await caches.open(`${PAGES}${week}/${until}`);
  await cache.put(url.href, copy);
  return answer;
}

const weekOf = (name) => name.slice(PAGES.length).split("/")[0];

async function forget(url) {
  const token = url.pathname.slice(SCOPE.pathname.length).split("/")[0];
  for (const name of await caches.keys()) {
    if (!name.startsWith(PAGES)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (new URL(request.url).pathname.slice(SCOPE.pathname.length).split("/")[0] === token) await cache.delete(request);
    }
  }
}

// Older versions, and weeks whose last day is over.
async function sweep() {
  const today = new Date().toISOString().slice(0, 10);
  await drop((name) =>
    name.startsWith(PAGES) ? name.slice(PAGES.length).split("/")[1] < today : name.startsWith("stridewell-assets-") && name !== ASSETS,
  );
}

async function drop(unwanted) {
  await Promise.all((await caches.keys()).filter(unwanted).map((name) => caches.delete(name)));
}
