// A point of a form in the browser: by the device, by finger, by keyboard, in
// numbers; with the tiles there, with the tile server down, without scripts.
// The tiles come from a server of this test's own.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import zlib from 'node:zlib';
import { People, PASSWORD } from '../lib/client.mjs';
import { Place, temporary } from '../lib/place.mjs';

const CREDIT = '测试底图 · 审图号 测S（2026）1 号';

// A grey PNG of 256 x 256, as small as they come.
function tile() {
  const part = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const size = Buffer.alloc(4), crc = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    crc.writeUInt32BE(zlib.crc32(body));
    return Buffer.concat([size, body, crc]);
  };
  const head = Buffer.from([0, 0, 1, 0, 0, 0, 1, 0, 8, 0, 0, 0, 0]);
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    part('IHDR', head),
    part('IDAT', zlib.deflateSync(Buffer.alloc(256 * 257, 200))),
    part('IEND', Buffer.alloc(0))]);
}

function tileServer() {
  const png = tile(), seen = { asked: 0, referrers: new Set(), down: false };
  const server = http.createServer((rq, answer) => {
    seen.asked++;
    seen.referrers.add(rq.headers.referer ?? '');
    if (seen.down || !/^\/t\/\d+\/\d+\/\d+\?k=geheim$/.test(rq.url))
      return answer.writeHead(503).end();
    answer.writeHead(200, { 'Content-Type': 'image/png' }).end(png);
  });
  return new Promise(done => server.listen(0, '127.0.0.1', () =>
    done({ server, seen, origin: `http://127.0.0.1:${server.address().port}` })));
}

function confOf(origin) {
  const dir = temporary('map'), conf = path.join(dir, 'conf');
  fs.writeFileSync(path.join(dir, 'key'), 'geheim\n', { mode: 0o600 });
  fs.writeFileSync(conf, `map_tiles = ${origin}/t/{z}/{x}/{y}?k={key}\n` +
    `map_key_file = ${path.join(dir, 'key')}\nmap_credit = ${CREDIT}\n`);
  return conf;
}

// A homestead begun by a resident: its second page asks for the point.
async function begin(place) {
  const zhou = new People(place.base).of('resident.zhou');
  const r = await zhou.post('/apply/zhaijidi',
    { kind: 'new', farmland: 'no', storeys: 3, land_area: 120 });
  return /\/drafts\/([^/]+)/.exec(r.location ?? r.headers.get('location'))[1];
}

async function contextOf(browser, place, options) {
  const context = await browser.newContext({ locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai', permissions: ['geolocation'],
    geolocation: { latitude: 30.5, longitude: 118.9, accuracy: 12 },
    ...options });
  const page = await context.newPage();
  await page.goto(`${place.base}/login`);
  await page.fill('[name=login]', 'resident.zhou');
  await page.fill('[name=password]', PASSWORD);
  await page.click('form[action="/login"] button');
  await page.waitForLoadState();
  return { context, page };
}

const lat = page => page.inputValue('[name="site.lat"]').then(Number);
const lon = page => page.inputValue('[name="site.lon"]').then(Number);
const told = page => page.textContent('.map [role=status]');
const tiles = page => page.locator('.map-pane img.leaflet-tile-loaded').count();

async function until(ask) {
  for (let i = 0; i < 60; i++) {
    if (await ask()) return true;
    await new Promise(done => setTimeout(done, 100));
  }
  return false;
}

const saved = (page, act) => Promise.all([act(), page.waitForResponse(
  r => /\/place\/save$/.test(r.url()) && r.ok(), { timeout: 8000 })])
  .then(() => true, () => false);

async function axeFinds(page, axe) {
  await page.evaluate(`${axe};0`);
  return page.evaluate(`axe.run(document, {runOnly: {type: 'tag', values:
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']},
    resultTypes: ['violations']}).then(r => r.violations.map(v => v.id + ' ' +
    v.nodes.map(n => n.target.join(' ')).slice(0, 3).join(' | ')).join('; '))`);
}

async function picked(x, size) {
  const { browser, place, judge, shots, axe, seen, origin, url, draft } = x;
  const name = `map ${size.width}`;
  const { context, page } = await contextOf(browser, place, { viewport: size });
  const said = [];
  page.on('console', m => m.type() === 'error' && said.push(m.text()));
  page.on('pageerror', e => said.push(String(e)));
  const policy = (await page.goto(url)).headers()['content-security-policy'];
  judge(policy.includes(`img-src 'self' data: blob: ${origin};`),
    `${name}: the policy names the one host`, policy);
  judge(await until(async () => await tiles(page) > 3), `${name}: tiles`);
  judge((await page.textContent('.map')).includes(CREDIT),
    `${name}: whose map it is`);
  judge([...seen.referrers].every(r => r === '' || r === `${place.base}/`),
    `${name}: the host learns no address of a page`, [...seen.referrers].join());

  await page.locator('.map-pane').click();
  const first = [await lat(page), await lon(page)];
  judge(first[0] > 30.26 && first[0] < 30.79 && first[1] > 118.6 &&
    first[1] < 119.41, `${name}: a click is a point`, first.join());
  judge(await page.isChecked('[name="site.system"][value=CGCS2000]'),
    `${name}: in CGCS2000`);
  judge((await told(page)).includes(first[0].toFixed(6)),
    `${name}: it is said in words`);

  await page.focus('.map-pane');
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown'])
    await page.keyboard.press(key);
  await page.keyboard.press('Enter');
  judge(await lon(page) > first[1] && await page.url() === url,
    `${name}: arrows move the cross, Enter sets`);
  await page.click('text=选定十字所在的位置');
  judge((await told(page)).startsWith('已选定'), `${name}: so does the button`);
  judge(!await axeFinds(page, axe), `${name}: axe`, await axeFinds(page, axe));
  const wide = await page.evaluate('document.documentElement.scrollWidth');
  judge(wide <= size.width, `${name}: ${wide} pixels wide`);
  await page.locator('[data-locates]').screenshot({
    path: `${shots}/map-pick-${size.width}.png` });

  await page.click('text=用这台设备现在的位置');
  judge(await until(async () => await lat(page) === 30.5),
    `${name}: the device's own position`);
  judge((await page.textContent('[data-locates] > [role=status]'))
    .includes('误差约 12 米'), `${name}: with how far it may be off`);
  judge(await page.locator('.map-pin').isVisible(), `${name}: the pin follows`);
  await page.check('[name="site.system"][value="GCJ-02"]');
  judge(await page.locator('.map-pin').count() === 0 &&
    (await told(page)).includes('GCJ-02'),
  `${name}: another system's numbers are not drawn`);
  await page.check('[name="site.system"][value=CGCS2000]');
  await page.waitForTimeout(2000); // what was clicked is saved before
  judge(await saved(page, () => page.fill('[name="site.lat"]', '30.55')),
    `${name}: it is saved by itself`);
  judge(said.length === 0, `${name}: console`, said.join('\n    '));

  await page.goto(`${place.base}/drafts/${draft}/check`);
  judge(await until(async () => await tiles(page) > 0) &&
    await page.locator('td .map-pin').isVisible(), `${name}: shown to check`);
  judge(await page.locator('a[href^="geo:30.55"]').count() === 1,
    `${name}: with a link for the device's maps`);
  judge(!await axeFinds(page, axe), `${name}: axe of what is shown`,
    await axeFinds(page, axe));
  await page.screenshot({ path: `${shots}/map-check-${size.width}.png`,
    fullPage: true });
  await context.close();
}

// The tile server is down: numbers are taken as before, and the page says so.
async function down(x) {
  const { browser, place, judge, shots, seen, url } = x;
  const { context, page } = await contextOf(browser, place,
    { viewport: { width: 390, height: 844 } });
  seen.down = true;
  await page.goto(url);
  judge(await until(async () => (await told(page)).includes('没有取到')),
    'map: the page says that there are no pictures');
  judge(await saved(page, () => page.fill('[name="site.lat"]', '30.61')),
    'map: numbers are saved all the same');
  await page.screenshot({ path: `${shots}/map-down-390.png`, fullPage: true });
  await page.reload();
  judge(await lat(page) === 30.61, 'map: and are there again');
  seen.down = false;
  await context.close();
}

async function plain(x) {
  const { browser, place, judge, seen, url } = x;
  const { context, page } = await contextOf(browser, place,
    { viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
  const before = seen.asked;
  await page.goto(url);
  judge(await page.locator('.map').isHidden() &&
    await page.locator('[name="site.lat"]').isVisible() &&
    await page.locator('[name="site.lon"]').isVisible(),
  'map: without scripts there are the numbers');
  judge(seen.asked === before, 'map: and nothing is fetched');
  await context.close();
}

// A server built without the library (make vendor) says that there is no map.
async function without(x) {
  const { browser, place, judge, seen, url } = x;
  const { context, page } = await contextOf(browser, place, {});
  await page.goto(url);
  judge((await page.textContent('[data-locates]')).includes('没有接入地图') &&
    await page.locator('.map').count() === 0 && seen.asked === 0,
  'map: without the library the page says so and fetches nothing');
  await page.click('text=用这台设备现在的位置');
  judge(await until(async () => await lat(page) === 30.5),
    'map: the device still says where it is');
  await context.close();
}

// The demonstration's own sketch, from the site itself.
async function sketch({ browser, place, judge }) {
  const url = `${place.base}/drafts/${await begin(place)}/place`;
  const { context, page } = await contextOf(browser, place, {});
  const outside = [];
  page.on('request', r => r.url().startsWith(place.base) ||
    outside.push(r.url()));
  await page.goto(url);
  judge(await until(async () => await tiles(page) > 3) &&
    (await page.textContent('.map')).includes('非真实地图'),
  'map: a demonstration draws a sketch and says what it is');
  judge(outside.length === 0, 'map: from nowhere else', outside.join());
  await context.close();
}

export async function mapJob({ browser, server, place, judge, shots, axe }) {
  const { server: tileHost, seen, origin } = await tileServer();
  const own = await new Place({ server,
    extra: ['--conf', confOf(origin)] }).start();
  const draft = await begin(own);
  const x = { browser, place: own, judge, shots, axe, seen, origin, draft,
    url: `${own.base}/drafts/${draft}/place` };
  try {
    const vendored = (await fetch(`${own.base}/assets/leaflet.js`)).status;
    if (vendored === 200) {
      await picked(x, { width: 390, height: 844 });
      await picked(x, { width: 1280, height: 900 });
      await down(x);
      await plain(x);
      await sketch({ browser, place, judge });
    } else {
      await without(x);
    }
  } finally {
    await own.stop();
    own.remove();
    tileHost.close();
  }
}
