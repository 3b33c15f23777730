// Runs inside the page, as the body of an async WebDriver script: finds things the way people
// and screen readers do, and answers as soon as what is asked for is true.
const [request, done] = arguments;
const YES = () => false; // YES

const ROLES = {
  A: (e) => (e.hasAttribute('href') ? 'link' : 'generic'),
  ARTICLE: 'article', ASIDE: 'complementary', BUTTON: 'button', DETAILS: 'group', DIALOG: 'dialog',
  FIELDSET: 'group', FOOTER: 'contentinfo', FORM: 'form', H1: 'heading', H2: 'heading', H3: 'heading',
  H4: 'heading', H5: 'heading', H6: 'heading', HEADER: 'banner', HR: 'separator', IMG: 'img', LI: 'listitem',
  MAIN: 'main', METER: 'meter', NAV: 'navigation', OL: 'list', OPTION: 'option', OUTPUT: 'status',
  PROGRESS: 'progressbar', SEARCH: 'search', SECTION: 'region', SELECT: 'combobox', SUMMARY: 'button',
  TABLE: 'table', TEXTAREA: 'textbox', TR: 'row', TD: 'cell', TH: 'columnheader', UL: 'list',
  INPUT: (e) => INPUTS[e.type] || 'textbox',
};
const INPUTS = {
  button: 'button', checkbox: 'checkbox', color: 'color', file: 'file', hidden: 'none', image: 'button',
  number: 'spinbutton', radio: 'radio', range: 'slider', reset: 'button', search: 'searchbox', submit: 'button',
};
// Named by what is in them. Items of lists are no such thing by the letter, but people say
// "the row with ...".
const FROM_CONTENT = new Set(['button', 'link', 'heading', 'option', 'checkbox', 'radio', 'switch', 'tab',
  'menuitem', 'listitem', 'status', 'alert', 'cell', 'columnheader', 'row']);

function role(element) {
  const told = (element.getAttribute('role') || '').trim().split(/\s+/)[0];
  if (told) return told;
  const known = ROLES[element.tagName];
  return typeof known === 'function' ? known(element) : known || 'generic';
}

const tidy = (text) => text.replace(/[\u00ad\u200b]/g, '').replace(/\s+/g, ' ').trim();

function visible(element) {
  return element.checkVisibility
    ? element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true })
    : element.getClientRects().length > 0 && getComputedStyle(element).visibility === 'visible';
}

// What lies under an open modal dialog can be seen, but not reached.
function reachable(element) {
  if (element.closest('[inert], [aria-hidden="true"]')) return false;
  const modals = document.querySelectorAll('dialog:modal');
  return modals.length === 0 || modals[modals.length - 1].contains(element);
}

// The text of an element, as it is read. Blocks are apart from each other.
function textOf(node, seen, forName) {
  if (node.nodeType === Node.TEXT_NODE) return node.nodeValue;
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  if (forName && node.getAttribute('aria-hidden') === 'true') return '';
  if (node.tagName === 'BR') return ' ';
  if (['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEMPLATE', 'TITLE'].includes(node.tagName)) return '';
  if (forName && node.hasAttribute('aria-label')) return ` ${node.getAttribute('aria-label')} `;
  if (node.tagName === 'IMG') return ` ${node.alt} `;
  const style = getComputedStyle(node);
  if (style.display === 'none' || !forName && !visible(node) && style.display !== 'contents') return '';
  if (forName && style.visibility !== 'visible') return '';
  if (['INPUT', 'SELECT', 'TEXTAREA'].includes(node.tagName)) return '';
  let text = '';
  for (const child of node.childNodes) text += textOf(child, seen, forName);
  return style.display.startsWith('inline') || style.display === 'contents' ? text : ` ${text} `;
}

function nameOf(element) {
  const by = element.getAttribute('aria-labelledby');
  if (by) {
    const parts = by.trim().split(/\s+/).map((id) => document.getElementById(id));
    const name = tidy(parts.map((part) => (part ? part.getAttribute('aria-label') || part.textContent : '')).join(' '));
    if (name) return name;
  }
  const told = tidy(element.getAttribute('aria-label') || '');
  if (told) return told;
  if (element.labels && element.labels.length) {
    const name = tidy([...element.labels].map((label) => textOf(label, null, true)).join(' '));
    if (name) return name;
  }
  if (element.tagName === 'INPUT' && ['button', 'submit', 'reset'].includes(element.type)) return tidy(element.value);
  if (element.tagName === 'IMG') return tidy(element.alt);
  if (element.tagName === 'FIELDSET') {
    const legend = element.querySelector(':scope > legend');
    if (legend) return tidy(legend.textContent);
  }
  if (FROM_CONTENT.has(role(element))) {
    const name = tidy([...element.childNodes].map((node) => textOf(node, null, true)).join(''));
    if (name) return name;
  }
  return tidy(element.getAttribute('title') || element.getAttribute('placeholder') || '');
}

function matches(text, wanted) {
  if (wanted.is !== undefined) return text === tidy(wanted.is);
  if (wanted.part !== undefined) return text.includes(tidy(wanted.part));
  return true;
}

function all(locator) {
  const roots = locator.within ? all(locator.within) : [document];
  const found = [];
  for (const root of roots) {
    for (const element of root.querySelectorAll('*')) {
      if (!locator.roles.includes(role(element)) || found.includes(element)) continue;
      if (locator.level && element.tagName !== `H${locator.level}`) continue;
      if (!reachable(element) || !(visible(element) || drawnByLabel(element))) continue;
      if (matches(nameOf(element), locator.name)) found.push(element);
    }
  }
  const holding = locator.holding ? found.filter((e) => tidy(textOf(e, null, false)).includes(tidy(locator.holding))) : found;
  if (locator.nth === undefined || locator.nth === null) return holding;
  const one = holding.at(locator.nth);
  return one ? [one] : [];
}

// A radio or checkbox may be a hidden input with a drawn label around it.
function drawnByLabel(element) {
  return ['radio', 'checkbox'].includes(element.type) && [...(element.labels || [])].some(visible);
}

function stateOf(element) {
  const state = [];
  if (element.disabled || element.getAttribute('aria-disabled') === 'true') state.push('disabled');
  if (element.checked || element.getAttribute('aria-checked') === 'true') state.push('checked');
  if (element.getAttribute('aria-pressed') === 'true') state.push('pressed');
  if (element.getAttribute('aria-current') && element.getAttribute('aria-current') !== 'false') state.push('current');
  if (element.getAttribute('aria-expanded')) state.push(`expanded=${element.getAttribute('aria-expanded')}`);
  if (element === document.activeElement) state.push('focused');
  return state;
}

// What is there, for whoever reads a failure.
function describe() {
  const lines = [`at ${location.href}`, `title: ${document.title}`, `html: data-naast=${document.documentElement.dataset.naast}`];
  // Of many alike in a row, the first few.
  let [before, alike] = ['', 0];
  const skip = new Set(['generic', 'none', 'list', 'listitem', 'row', 'cell', 'presentation']);
  for (const element of document.querySelectorAll('*')) {
    if (lines.length > 160) {
      lines.push('…');
      break;
    }
    const is = role(element);
    if (skip.has(is) || element.closest('svg') || !(visible(element) || drawnByLabel(element))) continue;
    alike = is === before ? alike + 1 : 0;
    before = is;
    if (alike === 12) lines.push(`  … more of ${is}`);
    if (alike >= 12) continue;
    const value = 'value' in element && element.tagName !== 'BUTTON' && element.tagName !== 'LI' ? ` = “${String(element.value).slice(0, 60)}”` : '';
    const states = stateOf(element).concat(reachable(element) ? [] : ['unreachable']).join(' ');
    lines.push(`  ${is} “${nameOf(element).slice(0, 100)}”${value}${states ? ` (${states})` : ''}`);
  }
  lines.push(`text: ${tidy(textOf(document.body, null, false)).slice(0, 800)}`);
  return lines.join('\n');
}

const quote = (locator) => locator.said;

// Each check gives undefined while it is not yet so; `why` then says what was missing.
let why = '';
const CHECKS = {
  ready() {
    const state = document.documentElement.dataset.naast;
    why = `the page is not ready (data-naast=${state})`;
    return state === (request.state || 'ready') || undefined;
  },
  one() {
    const found = all(request.locator);
    if (found.length !== 1) {
      why = found.length === 0 ? `there is no ${quote(request.locator)}` : `there are ${found.length} of ${quote(request.locator)}`;
      return undefined;
    }
    const element = found[0];
    if (request.usable && (element.disabled || element.getAttribute('aria-disabled') === 'true')) {
      why = `${quote(request.locator)} is disabled`;
      return undefined;
    }
    return element;
  },
  some() {
    const found = all(request.locator);
    why = `there is no ${quote(request.locator)}`;
    return found.length > 0 || undefined;
  },
  none() {
    const found = all(request.locator);
    why = `${quote(request.locator)} is still there`;
    return found.length === 0 || undefined;
  },
  count() {
    return all(request.locator).length;
  },
  names() {
    return all(request.locator).map(nameOf);
  },
  value() {
    const element = CHECKS.one();
    if (element === undefined) return undefined;
    why = `${quote(request.locator)} holds “${String(element.value).slice(0, 200)}” (${element.value.length} characters)`;
    return element.value === request.value || undefined;
  },
  state() {
    const element = CHECKS.one();
    if (element === undefined) return undefined;
    const states = stateOf(element);
    why = `${quote(request.locator)} is ${states.join(', ') || 'in no special state'}`;
    return states.includes(request.state) === request.on || undefined;
  },
  text() {
    const text = tidy(textOf(request.locator ? CHECKS.one() || document.createElement('p') : document.body, null, false));
    why = `the page does not say “${request.text}”`;
    return text.includes(tidy(request.text)) || undefined;
  },
  noText() {
    const text = tidy(textOf(document.body, null, false));
    why = `the page says “${request.text}”`;
    return !text.includes(tidy(request.text)) || undefined;
  },
  wholeText() {
    return tidy(textOf(document.body, null, false));
  },
  address() {
    why = `the address is ${location.hash}`;
    return matches(location.hash, request.name) || undefined;
  },
  // Any condition of the test, put in as YES; undefined and false mean not yet.
  yes() {
    why = `not yet so: ${request.said}`;
    const answer = YES();
    return answer === undefined || answer === false || answer === null ? undefined : answer;
  },
};

// An element under a moving sheet is not where it seems, and a page that has just come is put at
// its top once it is there: wait until it rests in the middle, clear of the bars, where a finger
// would meet it. What stays covered is left to the driver to refuse.
function settle(element, then) {
  const frame = (run) => {
    let over = false;
    const once = () => over || ((over = true), run());
    requestAnimationFrame(once);
    // No frames come in a tab that lies behind.
    setTimeout(once, 100);
  };
  const place = () => JSON.stringify(element.getBoundingClientRect());
  const meets = () => {
    const [box] = element.getClientRects();
    return !!box && element.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
  };
  const centre = () => element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const look = (before, left) => frame(() => {
    if (left === 0) return then();
    const rests = place() === before;
    if (rests && meets()) return then();
    if (rests) centre();
    look(place(), left - 1);
  });
  centre();
  look(place(), 60);
}

function wait() {
  let over = false;
  let queued = false;
  const stop = () => {
    over = true;
    observer.disconnect();
    clearInterval(timer);
    clearTimeout(deadline);
    for (const event of EVENTS) removeEventListener(event, later, true);
  };
  const look = () => {
    queued = false;
    if (over) return;
    let answer;
    try {
      answer = CHECKS[request.what]();
    } catch (error) {
      stop();
      done({ late: `the check itself failed: ${error}\n${error.stack}`, page: describe() });
      return;
    }
    if (answer === undefined) return;
    stop();
    if (request.settle) settle(answer, () => done({ ok: answer }));
    else done({ ok: answer });
  };
  const later = () => {
    if (queued || over) return;
    queued = true;
    setTimeout(look, 0);
  };
  const EVENTS = ['input', 'change', 'transitionend', 'animationend', 'hashchange', 'popstate', 'focusin', 'toggle', 'storage'];
  const observer = new MutationObserver(later);
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  for (const event of EVENTS) addEventListener(event, later, true);
  // Values of fields and some states change without an event.
  const timer = setInterval(later, 100);
  const deadline = setTimeout(() => {
    look();
    if (over) return;
    stop();
    done({ late: why, page: describe() });
  }, request.ms);
  look();
}

if (request.what === 'describe') done({ ok: describe() });
else wait();
