// Starts Naast. One small module, used twice:
// - in the window it fetches the app and calls its `start`;
// - as a worker it waits for one message { module, passphrase, setup }, derives a key with that
//   compiled app (nothing is downloaded again), answers with { key, took } (bytes, and how many
//   milliseconds they took) or with { error }, and ends, so that its memory is given back.
// The build puts the hashed names of the three files below in their place.
const GLUE = new URL('./naast.js', import.meta.url);
const WASM = new URL('./naast_bg.wasm', import.meta.url);
// The way from phone to phone: asked for when its screen is.
const RELAY = new URL('./relay.js', import.meta.url);

async function open() {
  const workers = navigator.serviceWorker;
  if (workers) holdVersion();
  // Both at once. What fails is told once, below.
  const binary = fetch(WASM);
  binary.catch(() => {});
  const app = await import(GLUE);
  await app.default({ module_or_path: binary });
  app.start((element, pieces, rate, tell) => import(RELAY)
    .then((relay) => relay.run(element, pieces, rate, tell))
    .catch((error) => {
      console.warn(error);
      tell('broken', 0, 0);
    }));
  if (workers && workers.controller) workers.controller.postMessage({ type: 'started' });
}

// As long as a page lives it holds a lock with the name of its version. The service worker keeps
// the files of every version that is still held, so an old tab works on until it is reloaded.
function holdVersion() {
  const version = document.querySelector('meta[name="naast-version"]');
  if (version && navigator.locks) {
    const name = 'naast-' + version.content + ' ' + new URL('./', location.href).pathname;
    navigator.locks.request(name, { mode: 'shared' }, () => new Promise(() => {}))
      // Refused where the browser keeps nothing at all; then there are no versions to keep apart.
      .catch(() => {});
  }
}

// Nothing was opened yet, so nothing typed can be lost: a waiting update may be the repair.
async function repair() {
  const workers = navigator.serviceWorker;
  const registration = workers && (await workers.getRegistration());
  if (!registration || !registration.waiting) return false;
  workers.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage({ type: 'apply' });
  return true;
}

function explain(error) {
  console.error(error);
  const page = document.createElement('div');
  page.className = 'opening';
  page.setAttribute('role', 'alert');
  const say = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    page.append(element);
    return element;
  };
  say('h1', 'Naast kon niet openen');
  say('p', 'Er ging iets mis bij het starten. Misschien is deze browser te oud, of kwam een deel van Naast niet binnen.');
  say('p', 'Wat je eerder bewaarde, is niet gewist en staat nog op dit toestel. Wis je browsergegevens dus niet.');
  say('p', 'Open Naast opnieuw. Lukt het weer niet, werk dan je browser bij.');
  const call = document.createElement('a');
  call.href = 'tel:112';
  call.textContent = '112';
  say('p', 'Bij direct gevaar bel je ').append(call, '.');
  document.getElementById('app').replaceChildren(page);
}

async function derive({ module, passphrase, setup }) {
  const app = await import(GLUE);
  await app.default({ module_or_path: module });
  const began = performance.now();
  const key = app.derive_key(passphrase, setup);
  return { key, took: performance.now() - began };
}

if (typeof document === 'object') {
  // Where the browser has Trusted Types, a text is taken for the address of a script only here. The
  // app names three: this one and the relay, as workers, and the service worker. No text becomes HTML
  // or a script.
  if (window.trustedTypes) {
    const own = [import.meta.url, RELAY.href, new URL('./sw.js', import.meta.url).href];
    trustedTypes.createPolicy('default', {
      createScriptURL: (url) => own.find((name) => name === new URL(url, import.meta.url).href),
    });
  }
  open().catch(async (error) => {
    if (!(await repair().catch(() => false))) explain(error);
  });
} else {
  self.onmessage = async ({ data }) => {
    try {
      self.postMessage(await derive(data));
    } catch (error) {
      self.postMessage({ error: String(error) });
    }
    self.close();
  };
}
