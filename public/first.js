// Runs before the first paint: says which parts of the first screen that the build rendered fit this phone.
// The style sheet shows these, until the app replaces them (styles/opening.css).
const root = document.documentElement;
const start = ['', '#', '#/'].includes(location.hash) ? ['today'] : ['other'];
try {
  // `naast-settings.<version>.<base64>`: the third byte is the theme, in every version.
  const settings = localStorage.getItem('naast.settings');
  const theme = settings && atob(settings.split('.')[2].slice(0, 4)).charCodeAt(2);
  if (theme === 1) root.dataset.theme = 'light';
  if (theme === 2) root.dataset.theme = 'dark';
  if (!settings) start.push('visit');
  if (localStorage.getItem('naast.vault')) start.push('vault');
} catch {
  // Storage is blocked, or holds something else: what does not fit is replaced in a moment.
  start.push('visit');
}
root.dataset.start = start.join(' ');
