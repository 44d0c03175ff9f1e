// Somebody applies at the terminal of the hall with their own account, upright
// and lying, with scripts and without: the same case as on the phone, and the
// next person finds nothing.
import { People, PASSWORD } from '../lib/client.mjs';
import { pdf } from '../lib/hall.mjs';

const ITEM = 'DEMO-40-004';
const SIZES = [{ width: 1080, height: 1920 }, { width: 1920, height: 1080 }];

const pathOf = page => new URL(page.url()).pathname;
async function press(page, what) {
  await page.click(what);
  await page.waitForLoadState();
}

// The hall's leader makes the browser a terminal.
async function registered(page, base) {
  await page.goto(`${base}/login`);
  await page.fill('[name=login]', 'leader.d036');
  await page.fill('[name=password]', PASSWORD);
  await press(page, 'form[action="/login"] button');
  await page.goto(`${base}/windows`);
  await press(page, 'form[action="/windows/kiosk"] button');
}

async function signIn(page, judge, name, scripts) {
  judge(pathOf(page) === '/login', `${name}: signing in comes first`);
  await page.click('[name=login]');
  if (scripts)
    for (const key of 'resident.li')
      await page.click(`.pad button:text-is("${key}")`);
  else await page.fill('[name=login]', 'resident.li');
  await page.fill('[name=password]', PASSWORD);
  await press(page, 'main form[action="/login"] button:text-is("登录")');
}

async function group(page, values) {
  for (const [field, value] of Object.entries(values)) {
    const input = page.locator(`main [name="${field}"]`);
    if (await input.evaluate(e => e.tagName === 'SELECT'))
      await input.selectOption(value);
    else await input.fill(value);
  }
  await press(page, 'main form button:text-is("保存并继续")');
}

async function applies({ browser, place, judge, shots, look }, size, scripts) {
  const name = `terminal ${size.width}${scripts ? '' : ' plain'}`;
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai', javaScriptEnabled: scripts });
  const page = await context.newPage();
  await registered(page, place.base);
  await press(page, 'main a:has-text("申请办事")');
  judge(pathOf(page) === '/', `${name}: the whole site is there`);
  judge(await page.isVisible('.sitting button'), `${name}: and its way out`);
  await page.goto(`${place.base}/kiosk/H1/read/${ITEM}`);
  await press(page, 'main a:has-text("登录申请")');
  const told = await page.textContent('#outcome');
  judge(/费用：不收费/.test(told) && /法定 20 个工作日/.test(told) &&
    /到窗口办/.test(told), `${name}: what it costs, how long, where`);
  if (scripts)
    for (const [n, path] of [['login', '/login'], ['home', '/'],
      ['apply', `/apply/${ITEM}`]])
      await look(page, { name: `terminal-${n}`, path }, size);
  await page.goto(`${place.base}/apply/${ITEM}`);
  await press(page, 'main a:has-text("登录后开始填写")');
  await signIn(page, judge, name, scripts);
  judge(pathOf(page) === `/apply/${ITEM}`, `${name}: back where one was`);
  await press(page, 'main form button:text-is("开始填写")');
  await group(page, { town: 'T01' });
  await group(page, { matter: '耕地地力保护补贴，三亩二分。' });
  judge(/\/papers$/.test(pathOf(page)), `${name}: papers next`);
  await page.screenshot({ path: `${shots}/${name.replace(/ /g, '-')}.png`,
    fullPage: true });
  const draft = pathOf(page).split('/')[2];
  await lies(page, judge, name);
  await looksAt(page, place.base, draft, judge, name);
  await hand(page, place.base, draft, judge, name);
  await page.goto(`${place.base}/drafts/${draft}/check`);
  await page.check('[name=promise]');
  await press(page, 'main form[action$="/submit"] button');
  const number = pathOf(page).split('/')[2];
  judge(/^YX/.test(number), `${name}: filed as ${number}`);
  if (scripts)
    judge(await page.isVisible('[data-print]'), `${name}: it prints`);
  judge(await page.isVisible('.util a[href="/my"]'),
    `${name}: one's own matters are a touch away`);
  await page.goto(`${place.base}/cases/${number}`);
  judge((await page.textContent('main')).includes('自助终端'),
    `${name}: its history says where from`);
  const pdfAnswer = await page.goto(
    `${place.base}/cases/${number}/receipt.pdf`);
  judge(pdfAnswer.status() === 422 && await page.isVisible('.sitting button'),
    `${name}: no file is left open`);
  const session = (await context.cookies())
    .find(c => c.name === 'zt_session').value;
  await press(page, '.sitting button');
  judge(pathOf(page) === '/kiosk/H1/end', `${name}: the end`);
  await page.goto(`${place.base}/my`);
  judge(pathOf(page) === '/login', `${name}: the next person is nobody`);
  const kept = await fetch(`${place.base}/my`, { headers: {
    cookie: `zt_session=${session}` }, redirect: 'manual' });
  judge(kept.status !== 200, `${name}: the session itself has ended`);
  if (scripts) await forgets(page, place.base, judge, name);
  const phone = await new People(place.base).of('resident.li').get('/my');
  judge(phone.json.cases.some(c => c.number === number),
    `${name}: the same case on the phone`);
  await context.close();
}

// A file that is not what its name says: why, beside the paper it was for.
async function lies(page, judge, name) {
  const form = page.locator('main form.drop').first();
  await form.locator('input[type=file]').setInputFiles({ name: '合同.pdf',
    mimeType: 'application/pdf', buffer: Buffer.from('<html>no</html>') });
  if (name.endsWith('plain')) await form.locator('button').click();
  await page.waitForSelector('.mat .errmsg');
  judge((await page.textContent('.mat .errmsg')).includes('只接收 PDF'),
    `${name}: it says what is wrong with the file`);
}

// A grey square of 8 by 8.
const SQUARE = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAAAAADhZOFXAAAAD' +
  'klEQVR4nGNogAIGyhgAgIQgAQ2AJGEAAAAASUVORK5CYII=', 'base64');

// A photo handed in is looked at on the page itself: alone on the screen it had
// neither the way out nor the way back.
async function looksAt(page, base, draft, judge, name) {
  const papers = `${base}/drafts/${draft}/papers`;
  await page.goto(papers);
  const form = page.locator('main form.drop').first();
  const shown = page.waitForEvent('load');
  await form.locator('input[type=file]').setInputFiles({ name: '照片.png',
    mimeType: 'image/png', buffer: SQUARE });
  if (name.endsWith('plain')) await form.locator('button').click();
  await shown;
  const seen = page.locator('.mat details:has-text("查看照片.png") img');
  for (let i = 0; i < 40 && !await seen.count(); i++) {
    await page.waitForTimeout(500);
    await page.goto(papers);
  }
  await page.click('.mat summary:has-text("查看照片.png")');
  judge(await seen.first().isVisible() && await page.isVisible(
    '.sitting button'), `${name}: a photo is seen within the page`);
  const src = await seen.first().getAttribute('src');
  for (const alone of [src, src.replace(/\/pictures.*/, '')]) {
    const answer = await page.goto(base + alone);
    judge(answer.status() === 422 && await page.isVisible('.sitting button'),
      `${name}: no picture fills the screen: ${answer.status()} ${alone}`);
  }
}

// Papers over the form, which both kinds of browser have.
async function hand(page, base, draft, judge, name) {
  const forms = 'main form.drop';
  for (let i = 0; i < 9; i++) {
    await page.goto(`${base}/drafts/${draft}/papers`);
    const at = page.locator(forms).nth(i);
    if (!await at.count()) return;
    const shown = page.waitForEvent('load'); // the page again, either way
    await at.locator('input[type=file]').setInputFiles({ name: '扫描.pdf',
      mimeType: 'application/pdf', buffer: pdf(`${name} ${i} ${draft}`) });
    if (name.endsWith('plain')) await at.locator('button').click();
    await shown;
    const hash = new URL(page.url()).hash;
    await page.keyboard.press('Tab');
    judge(hash.startsWith('#f-') && await page.evaluate(id =>
      document.activeElement.closest('.mat')?.id === id, hash.slice(1)),
    `${name}: after paper ${i} the keyboard goes on from there: ${hash}`);
  }
}

// Two minutes without a touch, signed in: over, and nobody any more.
async function forgets(page, base, judge, name) {
  await page.goto(`${base}/login`);
  await signIn(page, judge, name, true);
  await page.clock.install();
  await page.goto(`${base}/my`);
  await page.clock.runFor(106000);
  judge(await page.isVisible('.kiosk-warn'), `${name}: it warns`);
  await page.clock.runFor(20000);
  await page.waitForURL('**/kiosk/H1/end');
  await page.goto(`${base}/my`);
  judge(pathOf(page) === '/login', `${name}: it forgets by itself`);
}

// On a device nobody registered the terminal signs nobody in.
async function stranger({ place, judge }) {
  const r = await new People(place.base).of('anyone').page('/kiosk/H1/apply');
  judge(r.status === 422 && r.text.includes('没有登记为自助终端'),
    'terminal: not on a device nobody registered');
}

export async function terminalJob(tools) {
  await stranger(tools);
  for (const size of SIZES) await applies(tools, size, true);
  await applies(tools, SIZES[0], false);
}
