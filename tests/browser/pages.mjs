// Which pages are looked at, by whom: every GET of the route tables that shows
// HTML, as the first role that may see it, and some states a table cannot name.
import { fillPath } from '../lib/samples.mjs';

// Addresses that answer with a redirect, never with a page of their own.
const NO_PAGE = new Set(['/mode', '/logout', '/kiosk/{hall}/apply']);

// Pages a role sees differently from the first that may see them.
const ALSO = { '/account': ['officer'], '/': ['resident', 'officer'] };

// The wall screens of the hall are 1920 pixels wide and never a phone's.
const WIDE_ONLY = new Set(['/hall', '/halls/{hall}/screen']);

// What a page cannot be asked for without.
const QUERY = { '/design/processes/{key}/compare': '?older=1&newer=2',
  '/design/tables/{key}/compare': '?older=1&newer=2',
  '/design/forms/{key}/compare': '?older=1&newer=2',
  '/design/forms/{key}/{version}/try': '?asked=1&mobile=12',
  '/design/posts': '?unit=D025&duty=承办岗',
  '/bookings/new': '?line=H1-A',
  '/catalogue': '?unit=D025',
  '/catalogue/items/{code}/compare': '?older=1&newer=2' };

const nameOf = path => path === '/' ? 'home'
  : path.slice(1).replace(/[{}]/g, '').replace(/\//g, '-');

function entryOf(row, role, login, samples, judge) {
  const { filled, missing } = fillPath(row.path, samples);
  if (missing) {
    judge(false, `${row.path}: no sample for ${missing}`);
    return undefined;
  }
  const suffix = role === 'anyone' ? '' : `-${role}`;
  return { name: nameOf(row.path) + suffix, path: filled + (QUERY[row.path] ?? ''), login,
    wide: WIDE_ONLY.has(row.path) };
}

export function pageList(rows, accounts, samples, judge) {
  const loginOf = role => accounts.find(a => a.role === role)?.login;
  const entries = [];
  for (const row of rows) {
    const html = row.op.responses?.['200']?.content?.['text/html'];
    if (row.method !== 'GET' || row.raw || row.stream || !html ||
        NO_PAGE.has(row.path)) continue;
    const first = row.permission === 'anyone' ? 'anyone' : row.roles[0];
    for (const role of new Set([first, ...ALSO[row.path] ?? []])) {
      const owner = samples[`${row.path} as`];
      const login = owner ?? (role === 'anyone' ? '' : loginOf(role));
      entries.push(entryOf(row, role, login, samples, judge));
    }
  }
  entries.push(
    { name: 'not-found', path: '/no/such/page', login: '', status: 404 },
    { name: 'denied', path: '/desk', login: loginOf('resident'), status: 403 });
  for (const [name, path, role] of samples.states ?? [])
    entries.push({ name, path, login: role ? loginOf(role) ?? role : '' });
  return entries.filter(Boolean);
}
