// Runs inside the page, for `prove`: types, deletes and undoes without pause, and says what was
// done and what the screen says of it. What is typed comes letter by letter, as input of the browser.
window.proof = (() => {
  const KEPT = 'Bewaard op dit toestel.';
  // What is to be done: the seed, the notes and their texts, the family that comes and goes.
  let plan = null;
  // What was done; a test that asks takes what is new.
  const state = { typed: [], strokes: [], writing: null, phase: 'still', error: null };
  let waiting = [];
  // Somebody waits for a page turned in the very moment of storing; and it was turned.
  let turning = false;
  let turned = false;
  // Nothing more is typed.
  let halted = false;

  // The same numbers for the same seed (mulberry32).
  let seed = 0;
  const chance = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  // How many writings of the journal are under way.
  let writing = 0;
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (...what) {
    const transaction = begin.apply(this, what);
    if (transaction.mode === 'readwrite') {
      writing += 1;
      for (const end of ['complete', 'abort']) transaction.addEventListener(end, () => { writing -= 1; });
    }
    return transaction;
  };
  const rest = (ms) => new Promise((go) => setTimeout(go, ms));

  const looks = new Set();
  new MutationObserver(() => {
    for (const look of [...looks]) look();
    if (plan?.work === 'type' && told()) tell();
  }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  const until = (find) => new Promise((go) => {
    const look = () => {
      const found = find();
      if (found === undefined || found === null || found === false) return;
      looks.delete(look);
      go(found);
    };
    looks.add(look);
    look();
  });

  const seen = (element) => element.checkVisibility();
  // Whether the screen says that all is kept.
  const said = () => {
    const lines = [...document.querySelectorAll('.saved')].filter(seen);
    return lines.length > 0 && lines.every((line) => line.textContent === KEPT);
  };
  const told = () => said() && (turned || !turning);
  const field = (label) =>
    [...document.querySelectorAll('label')].find((l) => l.textContent === label && l.control && seen(l.control))?.control;
  const button = (words) => [...document.querySelectorAll('button')].find((b) => b.textContent.trim() === words && seen(b));
  const heading = () => document.querySelector('h1')?.textContent.trim();
  const nowhere = () => heading() === 'Hier ligt niets';

  // Another screen has other elements: what stands there now does not count as arrived.
  async function go(hash, find) {
    if (location.hash !== hash) {
      const old = new Set(document.querySelectorAll('main *'));
      location.hash = hash;
      await until(() => {
        const heading = document.querySelector('main h1');
        return location.hash === hash && heading && !old.has(heading);
      });
    }
    return until(find);
  }

  // What stands in a field; nothing where its screen is no more.
  const look = (hash, label) =>
    go(hash, () => (field(label) ? { value: field(label).value } : nowhere() && { value: null })).then((found) => found.value);

  // Whether the screen at this address has this title.
  const there = (hash, title) =>
    go(hash, () => (heading() === title ? [true] : nowhere() && [false])).then(([is]) => is);

  const written = (at) => [...plan.notes[at].text].slice(0, state.typed[at]).join('');

  // What the screen shows is what was typed, or what is recorded here means nothing.
  function agree() {
    const { writing } = state;
    if (!writing || !writing.area.isConnected || state.typed[writing.at] === 0) return;
    const [shown, typed] = [writing.area.value, written(writing.at)];
    if (shown !== typed) state.error ??= `the screen shows “${shown}” after “${typed}” was typed`;
  }

  function stroke() {
    const { at, area } = state.writing;
    agree();
    if (state.error) throw new Error(state.error);
    area.focus();
    // The first letter takes the place of what stood there.
    area.setSelectionRange(state.typed[at] === 0 ? 0 : area.value.length, area.value.length);
    const taken = document.execCommand('insertText', false, [...plan.notes[at].text][state.typed[at]]);
    if (!taken) throw new Error('the field takes no letter');
    state.typed[at] += 1;
    state.strokes.push([at, performance.now()]);
  }

  async function type() {
    let at = Math.floor(chance() * plan.notes.length);
    for (;;) {
      const note = plan.notes[at];
      const area = await go(note.hash, () => field(note.label));
      state.writing = { at, area };
      // Whoever turned a page looks at it before going on.
      if (turned) await rest(300);
      for (let left = 4 + chance() * 30; left > 0; left -= 1) {
        if (halted) return;
        stroke();
        await rest(5 + chance() * 60);
      }
      const habit = chance();
      // Some stop to think, some turn the page in the very moment in which it is stored.
      if (!turning && habit < 0.4) await rest(chance() * 700);
      else if (turning || habit < 0.7) await stored();
      turned = turning;
      at = Math.floor(chance() * plan.notes.length);
      while (turning && plan.notes[at].hash === note.hash) at = (at + 1) % plan.notes.length;
    }
  }

  // The moment in which something is put into the store, if that comes within a second.
  function stored() {
    const plain = Storage.prototype.setItem;
    return Promise.race([
      rest(1000),
      new Promise((go) => {
        Storage.prototype.setItem = function (...what) {
          plain.apply(this, what);
          go();
        };
      }),
    ]).finally(() => {
      Storage.prototype.setItem = plain;
    });
  }

  // Tells whoever waits for a kept moment that this is one; nothing more is done after it.
  function tell() {
    if (waiting.length === 0) return undefined;
    const now = report();
    waiting.forEach((answer) => answer(now));
    waiting = [];
    return plan.work === 'type' ? undefined : new Promise(() => {});
  }

  // A family with visits goes and comes back, again and again.
  async function toss() {
    for (;;) {
      await go(`${plan.family}/verwijderen`, () => button('Verwijderen'));
      state.phase = 'under way';
      button('Verwijderen').click();
      const undo = await until(() => button('Ongedaan maken'));
      await rest(chance() * 600);
      if (chance() < 0.2) {
        await go(plan.notes[0].hash, said);
        state.phase = 'gone';
        await tell();
        return;
      }
      undo.click();
      await rest(chance() * 400);
      await go(plan.visit, said);
      state.phase = 'there';
      await tell();
      await rest(chance() * 200);
    }
  }

  // A backup is added to what is here.
  async function restore() {
    const input = await go('#/meer/reservekopie', () => document.querySelector('input[type=file]'));
    const files = new DataTransfer();
    files.items.add(new File([new Uint8Array(plan.backup)], 'kopie.naast'));
    input.files = files.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    put(await until(() => field('Wachtzin van de kopie')), plan.words);
    button('Open de kopie').click();
    (await until(() => button('Voeg toe'))).click();
    state.phase = 'under way';
    await until(() => document.body.textContent.includes('Teruggezet en bewaard.'));
    state.phase = 'back';
  }

  // Another passphrase for the vault.
  async function rephrase() {
    (await go('#/meer/kluis', () => button('Andere wachtzin'))).click();
    put(await until(() => field('Je wachtzin van nu')), plan.words);
    (await until(() => button('Zelf een wachtzin bedenken'))).click();
    put(await until(() => field('Je eigen wachtzin')), plan.next);
    put(await until(() => field('Typ de wachtzin nog een keer')), plan.next);
    button('Wachtzin wijzigen').click();
    state.phase = 'under way';
    await until(() => document.body.textContent.includes('Je wachtzin is gewijzigd.'));
    state.phase = 'changed';
  }

  const WORK = { type, several: toss, restore, words: rephrase };

  function report() {
    agree();
    const { typed, phase, error } = state;
    return {
      kept: said(), writing, typed: [...typed], strokes: state.strokes.splice(0), phase, error, now: performance.now(),
    };
  }

  function put(area, text) {
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  }

  return {
    look,
    there,
    report,
    ready: () => until(() => document.documentElement.dataset.naast === 'ready'),
    // Makes a vault with the words that Naast proposes; gives those.
    vault: async () => {
      const again = await go('#/gezinnen', () => field('Typ de wachtzin nog een keer'));
      const words = (await until(() => document.querySelector('.passphrase')?.textContent)).trim();
      put(again, words);
      button('Kluis maken').click();
      await until(() => heading() === 'Gezinnen');
      return words;
    },
    // Adds a family; gives the address of its page.
    family: async (nickname) => {
      const add = () => [...document.querySelectorAll('a')].find((link) => link.textContent.trim() === 'Gezin toevoegen');
      (await go('#/gezinnen', add)).click();
      put(await until(() => field('Bijnaam')), nickname);
      button('Klaar').click();
      await until(() => heading() === nickname);
      return location.hash;
    },
    // Begins a visit; gives the start of the addresses of its screens.
    visit: async (family) => {
      (await go(family, () => button('Nieuw bezoek'))).click();
      await until(() => location.hash.endsWith('/voorbereiden') && heading() === 'Voorbereiden');
      return location.hash.replace(/\/voorbereiden$/, '');
    },
    // Writes a note and waits until it is kept.
    write: async (hash, label, text) => {
      put(await go(hash, () => field(label)), text);
      await rest(0);
      await until(said);
    },
    // Begins to work; goes on until it is killed.
    start: (given) => {
      plan = given;
      seed = plan.seed;
      state.typed = plan.notes.map(() => 0);
      WORK[plan.work]().catch((error) => { state.error = String(error); });
    },
    // As soon as the screen says so: a report of that very moment. Of some moment, if it never does.
    kept: (after) => new Promise((done) => {
      turning = after === 'a page turned';
      waiting.push(done);
      if (plan.work === 'type' ? told() : state.phase === 'gone') tell();
      else setTimeout(() => done({ ...report(), kept: false, phase: 'under way' }), 5000);
    }),
    // Lets a newer version of the app come; says whether one lies ready.
    update: async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update();
      for (let left = 100; left > 0 && !registration.waiting; left -= 1) await rest(50);
      return Boolean(registration.waiting);
    },
    // Lets the newer version take over; what was typed is typed.
    apply: async () => {
      halted = true;
      go('#/meer', () => button('Nu bijwerken')).then((yes) => yes.click());
    },
    // Takes a family away, for good.
    clear: async (family, given) => {
      (await go(`${family}/verwijderen`, () => button('Verwijderen'))).click();
      await until(() => button('Ongedaan maken'));
      await go(given.notes[0].hash, said);
    },
    // Types a passphrase; says whether the vault opened.
    tries: async (words) => {
      put(await until(() => field('Wachtzin')), words);
      button('Openen').click();
      const [opened] = await until(() => {
        if (heading() === 'Gezinnen') return [true];
        return document.body.textContent.includes('past niet') && [false];
      });
      return opened;
    },
    // Types the passphrase and lets the vault open.
    open: async (words) => {
      put(await until(() => field('Wachtzin')), words);
      button('Openen').click();
    },
    // Waits until it is open; gives what the screen with the families says.
    opened: async () => {
      await until(() => heading() === 'Gezinnen');
      return document.body.innerText;
    },
  };
})();
