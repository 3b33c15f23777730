// The service worker of Naast: keeps one whole version, and serves it with or without a network.
// The build fills in the version (a hash of all content) and the files, each with the hash that
// it must have. An update waits until the page says 'apply'; only if no page is open at all does
// the browser itself put it in place.
const VERSION = 'development';
const ASSETS = {};

// Other copies of Naast may live under other paths of this origin: the scope is in the name.
// Paths hold no spaces, so no name can be mistaken for another's.
const SCOPE = new URL(self.registration.scope);
const OWN = ' ' + SCOPE.pathname;
const CACHE = 'naast-' + VERSION + OWN;
// A backup that came from another app, until the page takes it. It is sealed.
const GIVEN = 'naast-given' + OWN;

// All or nothing: whatever fails here ends the installation, and the old version stays.
self.addEventListener('install', (event) => event.waitUntil(keepAll()));

async function keepAll() {
  // A host halfway an upload may still give the old page. Hosts may add to a page, so this is no
  // matter of hashes: it must be of this version, and come in to its end.
  const page = await fetch('./', { cache: 'reload' });
  const text = await page.clone().text();
  if (!page.ok || !text.includes(VERSION) || !text.includes('</html>')) {
    throw new Error('the page on the host is not that of version ' + VERSION);
  }
  const cache = await caches.open(CACHE);
  // WebKit takes a file that was cut off for whole: only its hash tells.
  await cache.addAll(Object.entries(ASSETS).map(
    ([url, integrity]) => new Request(url, { cache: 'reload', integrity }),
  ));
  await cache.put('./', page);
}

self.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => clients.claim())));

// Removes older versions, except those that an open page holds a lock on (see boot.js).
async function tidy() {
  // What is neither ours nor old may be the update that waits.
  if (self.registration.installing || self.registration.waiting) return;
  const old = (await caches.keys()).filter(
    (name) => name.startsWith('naast-') && name.endsWith(OWN) && name !== CACHE && name !== GIVEN,
  );
  await Promise.all(old.map((name) => {
    if (!navigator.locks) return caches.delete(name);
    return navigator.locks.request(name, { ifAvailable: true }, (lock) => lock && caches.delete(name));
  }));
}

// What was kept may be gone: everything was erased while a tab stayed open, or the browser cleaned up.
// The page is put there last. Without a network there is a next time.
async function mend() {
  if (!(await caches.match('./', { cacheName: CACHE }))) await keepAll().catch(() => {});
}

self.addEventListener('message', (event) => {
  const type = event.data && event.data.type;
  // Only a person says when an update is applied.
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
  // What the phone does when somebody shares a file with Naast (see the manifest).
  if (request.method === 'POST' && url.pathname === SCOPE.pathname + 'ontvang') event.respondWith(receive(request));
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') {
    // Routes live behind the #, so there is one page. Other paths may be another copy of Naast.
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

// From this version; else from an older one that an old tab still runs; else from the network.
async function kept(key, request) {
  const options = { ignoreSearch: true, ignoreVary: true };
  // Asked for by name and not opened: that would make one where all was erased.
  const own = await caches.match(key, { ...options, cacheName: CACHE });
  return own || (await caches.match(key, options)) || fetch(request);
}
