// What the service hall does in a real browser: the terminal gives a number,
// shows a case and forgets both, upright and lying; an agent's form outlives
// the line and is filed once, even when the answer was lost.
import { People, PASSWORD } from '../lib/client.mjs';
import { citizenId } from '../lib/made-up.mjs';
import { pdf } from '../lib/hall.mjs';

const UPRIGHT = { width: 1080, height: 1920 };
const LYING = { width: 1920, height: 1080 };

async function signIn(page, base, login) {
  await page.goto(`${base}/login`);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', PASSWORD);
  await page.click('form[action="/login"] button');
  await page.waitForLoadState();
}

// ---- the terminal ----

async function smallest(page) {
  return page.$$eval('main a, main button, footer a', all => Math.min(...all
    .filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height)));
}

async function outside(page) {
  return page.$$eval('a', all => all.map(a => new URL(a.href).pathname)
    .filter(p => !p.startsWith('/kiosk')));
}

async function terminal({ browser, place, judge, shots, look }, size,
  scripts) {
  const name = `kiosk ${size.width}x${size.height}${scripts ? '' : ' plain'}`;
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai', javaScriptEnabled: scripts });
  const page = await context.newPage();
  const shot = what => page.screenshot({ path:
    `${shots}/${name.replace(/ /g, '-')}-${what}.png` });
  await page.goto(`${place.base}/kiosk/H1/take`);
  judge((await page.textContent('main')).includes('没有登记为自助终端'),
    `${name}: a device nobody registered gives no number`);
  await signIn(page, place.base, 'leader.d036');
  await page.goto(`${place.base}/windows`);
  await page.click('form[action="/windows/kiosk"] button');
  await page.waitForLoadState();
  judge(new URL(page.url()).pathname === '/kiosk/H1', `${name}: registered`);
  const cookies = await context.cookies();
  judge(!cookies.some(c => c.name === 'zt_session'),
    `${name}: whoever registered it is signed out`);
  const shelf = await new People(place.base).of('anyone')
    .get('/disclosure/entries?class=C02');
  const entry = `/open/${shelf.json.rows[0].code}`;
  for (const path of ['', '/open', '/open?class=C02', '/open?words=低保', entry,
    '/take', '/arrive', '/progress', '/read', '/read?unit=D006',
    '/read/DEMO-05-001']) {
    await page.goto(`${place.base}/kiosk/H1${path}`);
    await shot(path.replace(/\W+/g, '-') || 'home');
    judge((await outside(page)).length === 0, `${name}${path}: no way out`);
    judge(await smallest(page) >= 59, `${name}${path}: targets of 60 pixels`);
    const wide = await page.$eval('html', e => e.scrollWidth)
      .catch(() => size.width);
    judge(wide <= size.width, `${name}${path}: nothing over the edge`);
    if (scripts && path.startsWith('/open'))
      await look(page, { name: `kiosk${path.replace(/\W+/g, '-')}`,
        path: `/kiosk/H1${path}` }, size);
  }
  const html = await page.content();
  judge(html.includes('http-equiv="refresh"') && html.includes('60;url=/kiosk'),
    `${name}: it ends by itself without scripts`);
  await page.goto(`${place.base}/kiosk/H1/take?care=elder`);
  await page.click('ul.big button');
  await page.waitForLoadState();
  const label = await page.textContent('.ticket-no');
  judge(/^[A-E]\d{3}$/.test(label), `${name}: number ${label}`);
  await shot('ticket');
  await page.click('footer a:has-text("结束")');
  await page.waitForLoadState();
  await page.goBack();
  judge(!(await page.content()).includes(label),
    `${name}: after the end the number is gone, by the way back too`);
  if (scripts) await forgets({ place, judge }, page, name);
  await context.close();
}

// A minute without a touch: a warning, then the first page, the fields empty.
async function forgets({ place, judge }, page, name) {
  await page.clock.install();
  await page.goto(`${place.base}/kiosk/H1/progress`);
  await page.fill('[name=number]', 'YX20261123000001');
  await page.clock.runFor(50000);
  judge(await page.isVisible('.kiosk-warn'), `${name}: it warns`);
  await page.click('.kiosk-warn button');
  judge(!await page.isVisible('.kiosk-warn'), `${name}: a touch keeps it`);
  await page.clock.runFor(61000);
  await page.waitForURL('**/kiosk/H1/end');
  await page.goto(`${place.base}/kiosk/H1/progress`);
  judge(await page.inputValue('[name=number]') === '',
    `${name}: what was typed is gone`);
}

// ---- the village ----

async function fill(page, person) {
  await page.fill('[name=name]', person.name);
  await page.fill('[name=citizen_id]', person.id);
  await page.fill('[name=mobile]', person.mobile);
  await page.fill('[name=matter]', '耕地地力保护补贴申报。');
  for (const input of await page.$$('[data-filing] [type=file]'))
    await input.setInputFiles({ name: '材料.pdf', mimeType: 'application/pdf',
      buffer: pdf(`village ${person.name}`) });
  await page.click('[data-filing] button:not([type=button])');
}

const casesOf = async (agent, name) => (await agent.get('/village')).json.cases
  .filter(c => c.name === name).length;

async function until(ask, wanted) {
  for (let i = 0; i < 60; i++) {
    if (await ask() === wanted) return true;
    await new Promise(done => setTimeout(done, 250));
  }
  return false;
}

export async function village({ browser, place, judge, shots }) {
  const context = await browser.newContext({ viewport: { width: 390,
    height: 844 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' });
  const page = await context.newPage();
  const agent = new People(place.base).of('agent.t01v001');
  const file = `${place.base}/village/file/DEMO-40-004`;
  const unsent = () => page.locator('[data-unsent-list] li').count();
  await signIn(page, place.base, 'agent.t01v001');
  await page.goto(`${place.base}/village/file`);
  judge(await page.evaluate(() => Promise.race([navigator.serviceWorker.ready
    .then(() => true), new Promise(done => setTimeout(done, 5000))])),
  'village: the pages are kept for when there is no line');
  await page.goto(file);
  await page.waitForSelector('[data-filing]:not([hidden])');

  const first = { name: '山里人', id: citizenId(7001), mobile: '13900007001' };
  await context.setOffline(true);
  await fill(page, first);
  judge(await until(unsent, 1), 'village: without a line it is kept');
  judge((await page.textContent('[data-unsent]')).includes('未发送'),
    'village: and marked 未发送');
  await page.screenshot({ path: `${shots}/village-unsent-390.png`,
    fullPage: true });
  await page.goto(file);
  judge(await until(unsent, 1),
    'village: the page opens without a line, what was filled in is there');
  judge(await casesOf(agent, first.name) === 0, 'village: nothing was filed');
  await context.setOffline(false);
  judge(await until(unsent, 0), 'village: with the line it is sent by itself');
  judge(await until(() => casesOf(agent, first.name), 1),
    'village: and is one case');

  // The server files it, the answer is lost on the way.
  const second = { name: '河边人', id: citizenId(7002), mobile: '13900007002' };
  let lost = 0;
  await page.route('**/submit', async route => {
    if (lost++) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.goto(file);
  await fill(page, second);
  judge(await until(async () => lost > 0 && await unsent() > 0, true),
    'village: a lost answer leaves it 未发送');
  judge(await until(unsent, 0) && lost > 1, 'village: it is sent again');
  await new Promise(done => setTimeout(done, 1000));
  judge(await until(() => casesOf(agent, second.name), 1),
    'village: and is one case all the same');

  // Somebody else's resident is refused in words, and stays to be put right.
  const third = { name: '山里人', id: citizenId(7001), mobile: '13900007001' };
  const other = await browser.newContext({ locale: 'zh-CN' });
  const stranger = await other.newPage();
  await signIn(stranger, place.base, 'agent.t01v002');
  await stranger.goto(file);
  await fill(stranger, third);
  judge(await until(async () => (await stranger.textContent('main'))
    .includes('登记在别的村'), true), 'village: another village\'s is refused');
  await other.close();
  await context.close();
}

export async function hallJob(given) {
  await terminal(given, UPRIGHT, true);
  await terminal(given, LYING, true);
  await terminal(given, UPRIGHT, false);
  await village(given);
}
