// Pages in a real Chromium: axe-core finds nothing, nothing runs over the edge,
// the console stays silent, and the main job can be done, with scripts and
// without.
//
//   node tests/browser/run.mjs [--server build/zhengtong] [--only WORD] [--job]
//
// --job plays the main job alone.  Screenshots go to build/screens/, those of
// the modes in the nightly run only.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { People, PASSWORD } from '../lib/client.mjs';
import { Place, options } from '../lib/place.mjs';
import { operations } from '../lib/samples.mjs';
import { journey } from '../permissions/people.mjs';
import { hallJob } from './hall-job.mjs';
import { intakeJob } from './intake-job.mjs';
import { mainJob } from './main-job.mjs';
import { mapJob } from './map-job.mjs';
import { pageList } from './pages.mjs';
import { terminalJob } from './terminal-job.mjs';
import { wordsJob } from './words-job.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const require = createRequire(`${here}/`);
const { chromium } = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const given = options();
const shots = path.resolve('build/screens');
fs.mkdirSync(shots, { recursive: true });

let passed = 0, failed = 0;
function judge(ok, what, more = '') {
  if (ok) passed++;
  else {
    failed++;
    console.log(`BAD ${what}${more ? `\n    ${more}` : ''}`);
  }
}

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
  '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice'];

// Who has signed in already: one sign-in serves every size and mode.
const signedIn = new Map();

async function signIn(browser, base, login, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await page.goto(`${base}/login`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', PASSWORD);
  await page.click('form[action="/login"] button');
  await page.waitForLoadState();
  if (new URL(page.url()).pathname === '/login')
    throw new Error(`${login} could not sign in with the browser`);
  const state = await context.storageState();
  await context.close();
  return state;
}

// A browser's context signed in as somebody, in a mode of the site.
async function contextOf(browser, base, login, size, mode, scripts = true) {
  const options = { viewport: size, javaScriptEnabled: scripts,
    locale: 'zh-CN', timezoneId: 'Asia/Shanghai', bypassCSP: false };
  const key = `${login} ${scripts}`;
  if (login && !signedIn.has(key))
    signedIn.set(key, signIn(browser, base, login, options));
  const context = await browser.newContext({ ...options,
    storageState: login ? await signedIn.get(key) : undefined });
  if (mode) {
    const [name, value] = mode;
    await context.addCookies([{ name, value, url: base }]);
  }
  return context;
}

// Dark and contrast change colours and nothing else.
const COLOURS = new Set(['dark', 'contrast']);
const runOnly = modeName => JSON.stringify(COLOURS.has(modeName)
  ? { type: 'rule', values: ['color-contrast'] }
  : { type: 'tag', values: RULES });

async function look(page, base, entry, size, modeName) {
  const name = `${entry.name}-${size.width}${modeName ? `-${modeName}` : ''}`;
  const said = [];
  const heard = m => m.type() === 'error' && said.push(m.text());
  const broke = e => said.push(String(e));
  page.on('console', heard);
  page.on('pageerror', broke);
  let session;
  try {
    const answer = await page.goto(base + entry.path,
      { waitUntil: entry.live ? 'domcontentloaded' : 'load' });
    judge((entry.status ?? 200) === answer.status(),
      `${name}: ${entry.path} answered ${answer.status()}`);
    // The console's isolated world: the policy of the page forbids scripts.
    session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send('Page.getFrameTree');
    const { executionContextId } = await session.send(
      'Page.createIsolatedWorld', { frameId: frameTree.frame.id });
    const inside = async expression => {
      const r = await session.send('Runtime.evaluate', { expression,
        contextId: executionContextId, awaitPromise: true,
        returnByValue: true });
      if (r.exceptionDetails)
        throw new Error(r.exceptionDetails.exception?.description ??
          r.exceptionDetails.text);
      return r.result.value;
    };
    await inside(`${axe};0`);
    const found = await inside(`axe.run(document,
      {runOnly: ${runOnly(modeName)}, resultTypes: ['violations']})
      .then(r => r.violations.map(v => v.id + ' ' + v.nodes.slice(0, 3)
        .map(n => n.target.join(' ') + ' — ' + ((n.any[0] || n.all[0] ||
          n.none[0] || {}).message || '')).join(' | ')))`);
    judge(found.length === 0, `${name}: axe`, found.join('\n    '));
    const wide = await inside('document.documentElement.scrollWidth');
    judge(wide <= size.width, `${name}: ${wide} pixels wide`);
    const quiet = said.filter(s => !(entry.status >= 400 &&
      /status of \d+/.test(s)));
    judge(quiet.length === 0, `${name}: console`, quiet.join('\n    '));
    if (!modeName || process.env.NIGHTLY)
      await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  } catch (e) {
    judge(false, `${name}: ${e.message.split('\n')[0]}`);
  }
  await session?.detach().catch(() => {});
  page.off('console', heard);
  page.off('pageerror', broke);
}

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
// Looking is work of the browser's many processes: three keep two cores busy.
const WALKERS = 3;
const MODES = [['elder', ['zw_mode', 'elder']], ['dark', ['zw_theme', 'dark']],
  ['contrast', ['zw_theme', 'contrast']]];

async function everyPage(browser, place, samples) {
  const { rows, document } =
    await operations(new People(place.base).of('anyone'));
  await validate(document);
  const entries = pageList(rows, place.accounts, samples, judge)
    .filter(e => !given.only || e.name.includes(given.only));
  const groups = new Map();
  for (const e of entries) {
    const key = e.login ?? '';
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(e);
  }
  const views = [[WIDE, '', null], [PHONE, '', null],
    ...MODES.map(([n, m]) => [WIDE, n, m])];
  const rounds = [...groups].flatMap(([login, list]) =>
    views.map(view => ({ login, list, view })));
  const walk = async () => {
    for (let r; (r = rounds.shift());) {
      const [size, name, mode] = r.view;
      const context = await contextOf(browser, place.base, r.login || null,
        size, mode);
      const page = await context.newPage();
      for (const e of r.list)
        if (size === WIDE || !e.wide)
          await look(page, place.base, e, size, name);
      await context.close();
    }
  };
  await Promise.all(Array.from({ length: WALKERS }, walk));
  judge(entries.length > 10 || Boolean(given.only),
    `only ${entries.length} pages`);
}

async function validate(document) {
  const { Validator } = await import('@seriousme/openapi-schema-validator');
  const r = await new Validator().validate(structuredClone(document));
  judge(r.valid, '/api/openapi.json is no valid OpenAPI document',
    JSON.stringify(r.errors ?? '').slice(0, 2000));
  judge(String(document.openapi).startsWith('3.1'),
    `/api/openapi.json is OpenAPI ${document.openapi}`);
}

const place = await new Place({ server: given.server }).start();
let browser;
try {
  browser = await chromium.launch({ args: FLAGS, executablePath:
    process.env.CHROMIUM ?? '/usr/bin/chromium' });
  const samples = await journey(place, judge);
  if (!given.job) await everyPage(browser, place, samples);
  for (const scripts of [true, false]) {
    const context = size => login => contextOf(browser, place.base, login,
      size, null, scripts);
    await mainJob({ place, scripts, judge, shots,
      wide: context(WIDE), phone: context(PHONE) });
  }
  const glance = (page, entry, size) => look(page, place.base, entry, size, '');
  await hallJob({ browser, place, judge, shots, look: glance });
  await terminalJob({ browser, place, judge, shots, look: glance });
  await intakeJob({ browser, place, judge, shots });
  await wordsJob({ place, judge, shots, axe, context: size => login =>
    contextOf(browser, place.base, login, size, null) });
  await mapJob({ browser, server: given.server, place, judge, shots, axe });
  await browser.close();
  await place.stop();
} catch (e) {
  failed++;
  console.log(`BAD ${e.stack}\n${place.tail(30)}`);
  await browser?.close().catch(() => {});
}
place.remove();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
