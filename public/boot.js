// Starts Naast. One small module with two uses:
// - in the window it fetches the app and its messages, and calls `start`;
// - as a worker it waits for one message { module, passphrase, setup }, derives a key with that compiled
//   app, so that nothing is downloaded again, answers with { key, took } (bytes and milliseconds) or
//   { error }, and closes itself, which frees its memory.
// The build replaces the file names by their hashed names, and what is between double braces by messages.
const GLUE = new URL('./naast.js', import.meta.url);
const WASM = new URL('./naast_bg.wasm', import.meta.url);
const MESSAGES = new URL('./nl.txt', import.meta.url);
// The transfer from phone to phone is loaded when its page is.
const RELAY = new URL('./relay.js', import.meta.url);
// What parents read on the turned phone, by language; the build fills in the files.
const PARENT_TEXTS = {};
// The loader of the private module, in a build that is split in two.
const PRIVATE = null;

async function open() {
  const workers = navigator.serviceWorker;
  if (workers) holdVersion();
  // All at once. A failure is reported once, where the result is awaited.
  const binary = fetch(WASM);
  const messages = fetch(MESSAGES).then((answer) => {
    if (!answer.ok) throw new Error('no messages: ' + answer.status);
    return answer.text();
  });
  binary.catch(() => {});
  messages.catch(() => {});
  const app = await import(GLUE);
  const exports = await app.default({ module_or_path: binary });
  if (PRIVATE) (await import(PRIVATE)).connect(exports);
  app.start(await messages, relay, parentTexts, stopped);
  if (workers && workers.controller) workers.controller.postMessage({ type: 'started' });
}

// Runs the transfer from phone to phone; the app calls it.
function relay(element, pieces, rate, tell) {
  return import(RELAY)
    .then((module) => module.run(element, pieces, rate, tell))
    .catch((error) => {
      console.warn(error);
      tell('broken', 0, 0);
    });
}

// Fetches what parents read in a language; the app calls it before the phone is turned.
function parentTexts(tag) {
  return fetch(new URL(PARENT_TEXTS[tag], import.meta.url)).then((answer) => {
    if (!answer.ok) throw new Error('no texts: ' + answer.status);
    return answer.text();
  });
}

// A page holds a lock with the name of its version. The service worker keeps the files of every version
// that is locked, so an old tab works until it is reloaded.
function holdVersion() {
  const version = document.querySelector('meta[name="naast-version"]');
  if (version && navigator.locks) {
    const name = 'naast-' + version.content + ' ' + new URL('./', location.href).pathname;
    navigator.locks.request(name, { mode: 'shared' }, () => new Promise(() => {}))
      // Refused where the browser keeps nothing at all; then there are no versions to keep apart.
      .catch(() => {});
  }
}

// Applies an update that waits, if there is one. Nothing is open yet, so nothing typed can be lost, and the
// update may be the repair.
async function repair() {
  const workers = navigator.serviceWorker;
  const registration = workers && (await workers.getRegistration());
  if (!registration || !registration.waiting) return false;
  workers.addEventListener('controllerchange', () => location.reload(), { once: true });
  registration.waiting.postMessage({ type: 'apply' });
  return true;
}

// Appends an element with a text.
function append(parent, tag, text) {
  const element = document.createElement(tag);
  element.textContent = text;
  parent.append(element);
  return element;
}

// Replaces the page by an explanation: the app did not start.
function explain(error) {
  console.error(error);
  const page = document.createElement('div');
  page.className = 'opening';
  page.setAttribute('role', 'alert');
  append(page, 'h1', '{{no-start}}');
  append(page, 'p', '{{no-start-why}}');
  append(page, 'p', '{{no-start-safe}}');
  append(page, 'p', '{{no-start-retry}}');
  const danger = append(page, 'p', '{{danger}} ');
  const call = document.createElement('a');
  call.href = 'tel:112';
  call.textContent = '112';
  danger.append(call, '.');
  document.getElementById('app').replaceChildren(page);
}

// The app panicked: its module must not be used any more. The page stays, so that text can be copied from
// it, under a card that offers to reload.
function stopped() {
  const root = document.documentElement;
  if (root.dataset.naast === 'stopped') return;
  root.dataset.naast = 'stopped';
  const card = document.createElement('div');
  card.className = 'stopped';
  card.setAttribute('role', 'alertdialog');
  card.setAttribute('aria-labelledby', 'stopped');
  append(card, 'h2', '{{stopped}}').id = 'stopped';
  append(card, 'p', '{{stopped-safe}}');
  append(card, 'p', '{{stopped-todo}}');
  const reload = append(card, 'button', '{{stopped-reload}}');
  reload.type = 'button';
  reload.className = 'button main';
  reload.addEventListener('click', () => location.reload());
  // Nothing but the card reaches the app's listeners.
  for (const type of ['click', 'input', 'change', 'submit', 'keydown', 'pointerdown']) {
    addEventListener(type, (event) => {
      if (!card.contains(event.target)) event.stopImmediatePropagation();
      if (type === 'submit') event.preventDefault();
    }, true);
  }
  document.body.append(card);
  reload.focus();
}

async function derive({ module, passphrase, setup }) {
  const app = await import(GLUE);
  await app.default({ module_or_path: module });
  const began = performance.now();
  const key = app.derive_key(passphrase, setup);
  return { key, took: performance.now() - began };
}

if (typeof document === 'object') {
  // Where the browser has Trusted Types, a string is accepted as the address of a script only here. There
  // are three: this module and the relay, as workers, and the service worker. No string becomes HTML or a
  // script.
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
