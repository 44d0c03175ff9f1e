// How fast is the city?  The figures the platform promises, each beside a
// yardstick measured in the same minute on the same disk:
//   submissions   against the bare group commit of the same rows
//   pages         against the HTTP library's own static page of that size
//   desk, case page, search   how long the slowest hundredth waits
//   memory and start
// at 10,000, 310,527 and ZT_BENCH_LARGE cases (3,000,000; 0: not).  Data is
// loaded once a day into build/bench-data and worked on as a copy.  About ten
// minutes, most of it for loading; ZT_BENCH_SECONDS is the length of a round,
// ZT_BENCH_CASES="310527" measures other sizes; ZT_BENCH_ONLY=submissions not
// the pages.
import path from 'node:path';
import { Client } from '../tests/lib/client.mjs';
import { applications } from './lib/applications.mjs';
import { CLIENTS, PORT, Partner, SECONDS, Server, base, copied, figure, finish,
  get, load, loaded, median, sleep } from './lib/measure.mjs';

const ONLY = process.env.ZT_BENCH_ONLY === 'submissions';
const LARGE = Number(process.env.ZT_BENCH_LARGE ?? 3000000);
const ROUNDS = 3, STAFF = 16;
const DISK_ROUNDS = 7; // of what waits for the disk, whose mood changes

// ---- submissions ----

async function submissions(name, dir, copy) {
  const requests = await applications();
  await load(requests, { seconds: 1 });
  const yard = new Partner('build/bench_city_rows',
    [dir, copy].map(d => path.join(d, 'zhengtong.db')));
  const rows = Number((await yard.line()).split('\t')[1]);
  await yard.ask(`500 ${CLIENTS}`);
  const ours = [], bare = [];
  for (let i = 0; i < DISK_ROUNDS; i++) {
    bare.push(Number(await yard.ask(`${SECONDS * 1000} ${CLIENTS}`)));
    ours.push(await load(requests));
  }
  await yard.end();
  const ratio = median(ours.map((o, i) => o.rate / bare[i]));
  figure(`${name} submissions`, Math.round(median(ours.map(o => o.rate))),
    '/s', `${rows} rows each, p99 ${median(ours.map(o => o.p99))} ms`);
  figure(`${name} bare group commit`, Math.round(median(bare)), '/s', '');
  figure(`${name} submissions to bare`, ratio.toFixed(2), 'ratio', '>= 0.80',
    ratio >= 0.8);
}

// ---- pages ----

// Places all over the lists, found by walking from page to page.
async function places() {
  const asked = [];
  for (const unit of ['D025', 'D070', 'D013', 'D014', 'D036', 'D029']) {
    let next = `/board?unit=${unit}`;
    for (let i = 0; i < 12 && next; i++) {
      const r = await fetch(base + next, { headers:
        { accept: 'application/json' } });
      const page = await r.json();
      if (page.rows.length < 20) break;
      const place = new URL(base + (page.pager.next || '/')).searchParams;
      next = page.pager.next;
      if (next && place.get('id'))
        asked.push(`/board?unit=${unit}&after=${place.get('after')}&id=` +
          place.get('id').replace(/\d{6}$/, '######'));
    }
  }
  return asked.map(a => get(a));
}

async function pages(name, results) {
  const list = await places();
  const theme = [get('/services/themes/canyin')], board = [get('/board')];
  const { bytes } = await load(list, { seconds: 0.5 });
  const kinds = [['list page', list, 0.2, bytes],
    ['cached board', board, 0.8], ['cached guide', theme, 0.8]];
  for (const [what, requests, wanted] of kinds) {
    const first = await load(requests, { seconds: 0.5 });
    const yard = new Partner('build/bench_city_page',
      [PORT + 1, first.bytes].map(String));
    await yard.line();
    const ours = [], bare = [];
    for (let i = 0; i < ROUNDS; i++) {
      bare.push((await load([get('/')], { port: PORT + 1 })).rate);
      ours.push(await load(requests));
    }
    await yard.end();
    const ratio = median(ours.map((o, i) => o.rate / bare[i]));
    const p99 = median(ours.map(o => o.p99));
    figure(`${name} ${what}`, Math.round(median(ours.map(o => o.rate))), '/s',
      `${first.bytes} bytes`);
    figure(`${name} static page`, Math.round(median(bare)), '/s', '');
    figure(`${name} ${what} to static`, ratio.toFixed(3), 'ratio',
      `>= ${wanted}`, ratio >= wanted);
    figure(`${name} ${what} p99`, p99, 'ms', '< 20', p99 < 20);
    (results[what] ??= []).push(ratio);
  }
}

// ---- what officers and people ask ----

async function asked(name) {
  const officer = new Client(base, 'officer.d025');
  await officer.bearer();
  const more = `Authorization: Bearer ${officer.token}\r\n`;
  const desk = (await officer.get('/desk')).json;
  const cases = desk.rows.map(r => r.number);
  const rows = (await (await fetch(`${base}/board`, { headers:
    { accept: 'application/json' } })).json()).rows;
  const words = w => `/board?words=${encodeURIComponent(w)}&id=######`;
  const kinds = {
    'desk list': [get('/desk', more)],
    'case page': cases.map(n => get(`/desk/${n}`, more)),
    'progress page': rows.map(r => get(`/cases/${r.number}`)),
    'search by number': rows.map(r => get(words(r.number))),
    'search, common word': ['许可', '登记', '证明'].map(w => get(words(w))),
    'search, rare words': ['食品经营许可', '消防安全检查', '城管', '户外广告']
      .map(w => get(words(w))),
    'search, no hit': ['龘龘', '养老院食堂火锅'].map(w => get(words(w))),
    'desk search': ['许可', '周文远', '食品'].map(w =>
      get(`/desk?words=${encodeURIComponent(w)}`, more)),
  };
  for (const [what, requests] of Object.entries(kinds)) {
    await load(requests, { clients: STAFF, seconds: 0.3 });
    const r = await load(requests, { clients: STAFF });
    figure(`${name} ${what} p99`, r.p99, 'ms',
      `< 20 at ${Math.round(r.rate)}/s, ${r.bytes} bytes`, r.p99 < 20);
  }
}

// ---- everything at one size ----

async function measure(cases, results) {
  const name = cases.toLocaleString('en');
  const from = loaded(cases);
  const dir = copied(from, 'serving'), copy = copied(from, 'yardstick');
  const server = new Server();
  await server.start(dir); // once, so that the file is in memory
  await sleep(3000);
  await server.counted();
  await server.stop();
  const start = await server.start(dir);
  try {
    figure(`${name} exec to first page`, Math.round(start), 'ms', '< 1000',
      start < 1000);
    // Reading first: thousands of submissions leave letters to be written for
    // a while, and their writing would be measured with it.
    if (!ONLY) await pages(name, results);
    if (!ONLY) await asked(name);
    await submissions(name, dir, copy);
    const mib = server.resident();
    figure(`${name} memory`, Math.round(mib), 'MiB', '< 256', mib < 256);
  } finally {
    await server.stop();
  }
}

const sizes = (process.env.ZT_BENCH_CASES ?? `10000 310527 ${LARGE}`)
  .split(' ').map(Number).filter(n => n > 0);
const results = {};
for (const cases of sizes) await measure(cases, results);
if (!ONLY) {
  const small = results['list page'][0], large = results['list page'].at(-1);
  figure('list page, largest to smallest', (large / small).toFixed(2), 'ratio',
    '>= 0.85', large / small >= 0.85);
}
finish();
