// 窗口收件 by keyboard alone: a reader types the number, the clerk does the rest
// without a pointer, with scripts and without; keys and requests are counted.
import { People, PASSWORD } from '../lib/client.mjs';
import { citizenId } from '../lib/made-up.mjs';

// What a clerk presses, the reader's own typing not among it.
class Keys {
  constructor(page) {
    this.page = page;
    this.count = 0;
  }
  async press(...keys) {
    for (const key of keys) {
      await this.page.keyboard.press(key);
      this.count++;
    }
  }
  async type(text) {
    await this.page.keyboard.type(text);
    this.count += [...text].length;
  }
  async leads(...keys) {
    await Promise.all([this.page.waitForNavigation(), this.press(...keys)]);
    await this.page.waitForLoadState();
  }
}

const focused = page => page.evaluate(() => document.activeElement?.name ?? '');

// Tabs on until the control of this name (and value) has the focus.
async function to(keys, name, value) {
  const there = () => keys.page.evaluate(() => document.activeElement.value);
  for (let i = 0; i < 40; i++) {
    if (await focused(keys.page) === name &&
        (value === undefined || await there() === value)) return true;
    await keys.press('Tab');
  }
  return false;
}

async function take({ browser, place, judge, shots }, size, scripts, n) {
  const name = `intake ${size.width}${scripts ? '' : ' plain'}`;
  const context = await browser.newContext({ viewport: size, locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai', javaScriptEnabled: scripts });
  const page = await context.newPage();
  const keys = new Keys(page);
  await page.goto(`${place.base}/login`);
  await page.fill('[name=login]', 'window.chen');
  await page.fill('[name=password]', PASSWORD);
  await page.click('form[action="/login"] button');
  await page.waitForLoadState();
  let requests = 0;
  page.on('request', r => { requests += r.isNavigationRequest() ? 1 : 0; });
  const shot = what => page.screenshot({ fullPage: true,
    path: `${shots}/${name.replace(/ /g, '-')}-${what}.png` });
  const begun = Date.now();

  await page.goto(`${place.base}/intake`);
  judge(await focused(page) === 'code', `${name}: the reader's input has focus`);
  await shot('start');
  await page.keyboard.type(`${citizenId(n)} 周甲`); // the reader
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  await page.waitForLoadState();
  judge(await focused(page) === 'words', `${name}: then what they came for`);
  await shot('known');
  await keys.type('DEMO-05-001');
  await keys.leads('Enter');
  judge(new URL(page.url()).pathname.startsWith('/intake/C'),
    `${name}: the item leads to the form`);
  await shot('form');
  judge(await to(keys, 'mobile'), `${name}: the first gap is reached`);
  await keys.type('13900000123');
  judge(await to(keys, 'town'), `${name}: the township is reached`);
  await keys.press('ArrowDown');
  judge(await to(keys, 'matter'), `${name}: the matter is reached`);
  await keys.type('身份证到期换领。');
  judge(await to(keys, 'p-m2'), `${name}: the paper is reached`);
  await keys.press('ArrowDown');
  judge(await page.inputValue('[name=p-m2]') === 'original',
    `${name}: one key says 已收原件`);
  await shot('ready');
  // The browser under test answers no access keys: the long way to the button.
  judge(await page.getAttribute('button[value=file]', 'accesskey') === 's',
    `${name}: 收件 has its access key`);
  judge(await to(keys, 'do', 'file'), `${name}: the button is reached`);
  await keys.leads('Enter');
  judge(/^\/cases\/YX\d+\/receipt$/.test(new URL(page.url()).pathname),
    `${name}: and there is the receipt`);
  judge((await page.textContent('main')).includes('1 号窗口'),
    `${name}: it says who took it in`);
  judge(keys.count < 60 && requests <= 7,
    `${name}: ${keys.count} keys, ${requests} requests`);
  judge(Date.now() - begun < 120000, `${name}: under two minutes`);
  console.log(`${name}: ${keys.count} keys beside the reader's, ${requests} ` +
    `requests`);
  await shot('receipt');
  await page.emulateMedia({ media: 'print' });
  judge(!await page.isVisible('text=下一位'), `${name}: paper has no buttons`);
  judge(await page.isVisible('.big-number'), `${name}: paper has the number`);
  await shot('paper');
  await context.close();
}

export async function intakeJob(given) {
  const clerk = new People(given.place.base).of('window.chen');
  const { seat } = (await clerk.get('/counter')).json;
  if (!seat) await clerk.post('/counter/open', { counter: 'H1-01' });
  await take(given, { width: 1280, height: 900 }, true, 8101);
  await take(given, { width: 390, height: 844 }, true, 8102);
  await take(given, { width: 1280, height: 900 }, false, 8103);
}
