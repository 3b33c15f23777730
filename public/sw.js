// The service worker of Naast: it caches one complete version, and serves it with or without a network. The build
// fills in the version (a hash of all files) and the files, each with its hash. An update waits until the page
// says 'apply'; only if no page is open does the browser itself apply it.
const VERSION = 'development';
const ASSETS = {};

// Other copies of Naast may be under other paths of this origin, so the scope is part of the name. Paths contain
// no spaces, so names cannot be confused.
const SCOPE = new URL(self.registration.scope);
const OWN = ' ' + SCOPE.pathname;
const CACHE = 'naast-' + VERSION + OWN;
// A backup that another app shared, until the page takes it. It is sealed.
const GIVEN = 'naast-given' + OWN;

// All or nothing: any failure here ends the installation, and the old version stays.
self.addEventListener('install', (event) => event.waitUntil(keepAll()));

async function keepAll() {
  // During an upload a host may still serve the old page. Hosts may add to a page, so its hash cannot be
  // checked: it must have this version, and be complete.
  const page = await fetch('./', { cache: 'reload' });
  const text = await page.clone().text();
  if (!page.ok || !text.includes(VERSION) || !text.includes('</html>')) {
    throw new Error('the page on the host is not that of version ' + VERSION);
  }
  const cache = await caches.open(CACHE);
  // WebKit accepts a truncated file as complete: only its hash reveals it.
  await cache.addAll(Object.entries(ASSETS).map(
    ([url, integrity]) => new Request(url, { cache: 'reload', integrity }),
  ));
  await cache.put('./', page);
}

self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => clients.claim())));

// Deletes older versions, except those that an open page holds a lock on (see boot.js).
async function tidy() {
  // A cache that is neither ours nor older may be the update that waits.
  if (self.registration.installing || self.registration.waiting) return;
  const old = (await caches.keys()).filter(
    (name) => name.startsWith('naast-') && name.endsWith(OWN) && name !== CACHE && name !== GIVEN,
  );
  await Promise.all(old.map((name) => {
    if (!navigator.locks) return caches.delete(name);
    return navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && caches.delete(name));
  }));
}

// The cache may be gone: everything was erased while a tab stayed open, or the browser evicted it. The page is
// added last. Without a network it is tried again next time.
async function mend() {
  if (!(await caches.match('./', { cacheName: CACHE }))) await keepAll().catch(() => {});
}

self.addEventListener('message', (event) => {
  const type = event.data && event.data.type;
  // Only the user decides when an update is applied.
  if (type === 'apply') event.waitUntil(self.skipWaiting());
  // A page of this version runs: the page it replaced may be gone.
  if (type === 'started') event.waitUntil(mend().then(tidy));
  if (type === 'given') event.waitUntil(hand(event.source));
  if (type === 'version') {
    const to = event.ports[0] || event.source;
    if (to) to.postMessage({ type: 'version', version: VERSION });
  }
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== SCOPE.origin || !url.pathname.startsWith(SCOPE.pathname)) return;
  // The request of the phone when somebody shares a file with Naast (see the manifest).
  if (request.method === 'POST' && url.pathname === SCOPE.pathname + 'ontvang') event.respondWith(receive(request));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    // Routes are behind the #, so there is one page. Other paths may be another copy of Naast.
    const path = url.pathname.slice(SCOPE.pathname.length);
    if (path === '' || path === 'index.html') event.respondWith(kept('./', request));
  } else {
    event.respondWith(kept(request, request));
  }
});

async function receive(request) {
  const file = (await request.formData()).get('file');
  if (file) await (await caches.open(GIVEN)).put('./ontvang', new Response(file));
  return Response.redirect('./#/meer/reservekopie', 303);
}

async function hand(page) {
  const found = await (await caches.open(GIVEN)).match('./ontvang');
  if (found) page.postMessage({ type: 'given', file: await found.blob() });
  await caches.delete(GIVEN);
}

// From this version; otherwise from an older one that an old tab still runs; otherwise from the network.
async function kept(key, request) {
  const options = { ignoreSearch: true, ignoreVary: true };
  // Matched by name and not opened, because opening would create a cache after everything was erased.
  const own = await caches.match(key, { ...options, cacheName: CACHE });
  return own || (await caches.match(key, options)) || fetch(request);
}
