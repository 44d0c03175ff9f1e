// A fee from the case that owes it to the treasury and back, against the test
// platform in all its moods: late, twice, never, too little, too much, forged,
// away; what was acknowledged survives SIGKILL and is there once; the books of
// the day find every difference.
//
//   node tests/payments/run.mjs [--server build/zhengtong]
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { People } from '../lib/client.mjs';
import { pdf } from '../lib/hall.mjs';
import { citizenId } from '../lib/made-up.mjs';
import { Place, databases, freePort, options, sleep } from '../lib/place.mjs';

const given = options();
const KEY = 'a key shared with the test platform 0123456789';
const HOUR = 3600000, DAY = 24 * HOUR;
let passed = 0, failed = 0;

function judge(ok, what, more = '') {
  if (ok) passed++;
  else {
    failed++;
    console.log(`BAD ${what}${more ? `\n    ${more}` : ''}`);
  }
}

async function soon(ask, seconds = 30) {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const got = await ask();
    if (got || Date.now() > until) return got;
    await sleep(150);
  }
}

// The test platform beside a place, on the same clock.
class Platform {
  constructor(place) {
    this.place = place;
    this.keyFile = path.join(place.dir, 'payment.key');
    fs.writeFileSync(this.keyFile, `${KEY}\n`, { mode: 0o600 });
  }
  async start() {
    this.port ??= await freePort();
    this.base = `http://127.0.0.1:${this.port}`;
    this.child = spawn(given.server, ['payments-test', '--listen',
      `127.0.0.1:${this.port}`, '--key', this.keyFile, '--test-clock',
      this.place.clock.file], { stdio: ['ignore', 'inherit', 'inherit'] });
    await soon(() => fetch(this.base).then(() => true, () => false));
  }
  stop() {
    return new Promise(resolve => {
      this.child.once('exit', resolve);
      this.child.kill('SIGTERM');
    });
  }
  conf() {
    const file = path.join(this.place.dir, 'payments.conf');
    fs.writeFileSync(file, `payment_url = ${this.base}\n` +
      `payment_key_file = ${this.keyFile}\n`);
    return file;
  }
  async pay(url, how) {
    const r = await fetch(url, { method: 'POST', body: `how=${how}` });
    judge(r.status === 200, `paying "${how}" on the platform: ${r.status}`);
  }
  mood(how) {
    return fetch(`${this.base}/mood`, { method: 'POST', body: `mood=${how}` });
  }
}

class Desk {
  constructor(place) {
    this.place = place;
    this.people = new People(place.base);
    this.n = 0;
  }
  as(login) {
    return this.people.of(login);
  }
  async read(login, url) {
    const r = await this.as(login).get(url);
    if (r.status !== 200)
      throw new Error(`GET ${url} as ${login}: ${r.status} ${r.text.slice(0, 300)}`);
    return r.json;
  }
  async must(login, url, inputs) {
    const r = await this.as(login).post(url, inputs);
    if (r.status >= 300)
      throw new Error(`POST ${url} as ${login}: ${r.status} ${r.text.slice(0, 400)}`);
    return r;
  }
  // Sessions end overnight.
  later(ms) {
    this.place.clock.set(this.place.clock.now() + ms);
    for (const person of this.people.known.values()) person.forget();
  }

  // A case of one item, filed by whoever may, up to acceptance.
  async file(login, item, person) {
    let r = await this.must(login, `/apply/${item}`, {});
    const draft = r.json.number;
    await this.must(login, `/drafts/${draft}/applicant`, { ...person,
      town: 'T01' });
    await this.must(login, `/drafts/${draft}/matter`,
      { matter: '占用中津路二十平方米，用于门头修缮。' });
    const papers = await this.read(login, `/drafts/${draft}/papers`);
    for (const paper of papers.papers)
      await this.as(login).send(`/drafts/${draft}/papers/${paper.code}`,
        [['file', { bytes: pdf(`${paper.code} ${++this.n}`), name: 'a.pdf',
          type: 'application/pdf' }]]);
    r = await this.must(login, `/drafts/${draft}/submit`, { promise: '1' });
    return r.json.number;
  }
  async act(login, number, verb, inputs = {}) {
    return this.as(login).post(`/cases/${number}/${verb}`, inputs);
  }
  // 受理 … 待决定.
  async untilDecision(unit, number) {
    await this.must(`officer.${unit}`, `/cases/${number}/accept`, {});
    await this.act(`officer.${unit}`, number, 'review');
    for (let i = 0; i < 3; i++) {
      const who = i ? `leader.${unit}` : `officer.${unit}`;
      await this.act(who, number, 'propose', { reason: '同意。' });
    }
  }
  async noticeOf(login, number) {
    return soon(async () => {
      const list = await this.read(login, `/fees?words=${number}`);
      return list.rows[0]?.number;
    });
  }
  fee(notice, login = 'finance.qian') {
    return this.read(login, `/fees/${notice}`);
  }
  until(notice, word, seconds) {
    return soon(async () => (await this.fee(notice)).state.text === word,
      seconds);
  }
}

// A road to be used: the officer says area and days, the licence waits.
async function road(desk, { area = '20', days = '10' } = {}) {
  const zhou = await desk.read('resident.zhou', '/account');
  const number = await desk.file('resident.zhou', 'DEMO-13-002', {
    applicant_name: '周文远', applicant_code: citizenId(7),
    mobile: '13800002716' });
  await desk.untilDecision('d014', number);
  const r = await desk.act('leader.d014', number, 'grant',
    { reason: '符合条件。' });
  if (r.status >= 300) throw new Error(`grant: ${r.status} ${r.text.slice(0, 300)}`);
  const notice = await desk.noticeOf('officer.d014', number);
  await desk.must('officer.d014', `/fees/${notice}/assess`,
    { area, days, public: 'no' });
  const page = await soon(async () => {
    const p = await desk.fee(notice);
    return p.pay_url && p;
  });
  return { number, notice, pay: page?.pay_url, zhou };
}

async function mainPath(desk, platform) {
  const f = await road(desk);
  judge(Boolean(f.pay), 'the platform took the order');
  const told = [];
  for (const login of ['officer.d014', 'officer2.d014', 'officer3.d014'])
    told.push(...(await desk.read(login, '/mail')).letters
      .filter(l => l.link === `/fees/${f.notice}`));
  judge(told.length === 1, `one officer was told to reckon the fee: ${told.length}`);
  let page = await desk.read('resident.zhou', `/my/fees/${f.notice}`);
  judge(page.owed === '70.00' && page.state.text === '待缴费',
    `20 × 10 × 0.35 are 70.00 yuan: ${page.owed}`);
  judge(JSON.stringify(page.facts).includes('行政许可法'),
    'the basis is told to the payer');
  const licences = await desk.read('leader.d014', `/licences?words=${f.number}`);
  judge(licences.rows.length === 0, 'the licence waits for the money');
  let r = await desk.as('resident.li').get(`/my/fees/${f.notice}`);
  judge(r.status === 403, `somebody else's notice: ${r.status}`);
  r = await desk.as('officer.d025').get(`/fees/${f.notice}`);
  judge(r.status === 403, `another organisation's notice: ${r.status}`);
  await platform.pay(f.pay, 'pay');
  judge(await desk.until(f.notice, '已缴费'), 'the callback settles the notice');
  judge(await soon(async () => (await desk.read('leader.d014',
    `/licences?words=${f.number}`)).rows.length === 1),
  'the licence is issued when the money is there');
  const followed = await desk.as('anyone').get(`/cases/${f.number}`);
  judge(/等待缴费/.test(followed.text) && /已缴清/.test(followed.text) &&
    !/70\.00/.test(followed.text), 'everybody sees that it waited, not the sum');
  page = await desk.read('resident.zhou', `/my/fees/${f.notice}`);
  judge(page.receipts.length === 1 && page.receipts[0].amount === 7000,
    `one receipt: ${JSON.stringify(page.receipts)}`);
  r = await desk.as('resident.zhou').get(page.receipts[0].href);
  judge(r.status === 200 && r.text.startsWith('%PDF'), 'the receipt is a PDF');
  await verified(desk, page.receipts[0].verify);
  r = await desk.as('resident.zhou').get(page.pdf);
  judge(r.status === 200 && r.text.startsWith('%PDF'), 'the notice is a PDF');
  r = await desk.as('resident.li').get(page.pdf);
  judge(r.status === 403, `the notice is not everybody's: ${r.status}`);
  return f;
}

// Anybody may ask whether a receipt is real, and learns nothing of the person;
// a wrong code and a wrong number are answered alike.
async function verified(desk, url) {
  const ask = async path => (await desk.as('anyone').page(path)).text;
  const real = await ask(url);
  judge(/有效/.test(real) && /70\.00 元/.test(real) && /开票日期/.test(real) &&
    !/周文远|周\*远|交款人：/.test(real), 'a receipt is verified without its person');
  const forged = await ask(url.replace(/check=.*/, 'check=000000'));
  judge(/查无此票/.test(forged) && !/70\.00/.test(forged), 'a wrong code finds nothing');
  const nowhere = await ask(url.replace(/number=\d+/, 'number=9999999999'));
  judge(/查无此票/.test(nowhere), 'a wrong number finds nothing');
  const small = await ask(url.toLowerCase().replace(/check=(...)/, 'check=$1%20'));
  judge(/有效/.test(small), 'the code may be typed in small letters');
}

// Paid twice: the second goes back by itself, by two people.
async function twice(desk, platform) {
  const f = await road(desk);
  await platform.pay(f.pay, 'twice');
  judge(await soon(async () => (await desk.fee(f.notice)).refunds.length === 1),
    'a notice paid twice opens a refund by itself');
  const page = await desk.fee(f.notice);
  judge(page.payments.length === 2 && page.state.text === '已缴费' &&
    page.refunds[0].amount === 7000, 'the second payment is what goes back');
  const back = page.refunds[0].number;
  const told = (await desk.read('resident.zhou', '/mail')).letters
    .filter(l => l.link === `/my/fees/${f.notice}` && /^多缴的钱/.test(l.title));
  judge(told.length === 1 && /70\.00 元/.test(told[0].lines[0].text),
    `the payer is told that it comes back: ${JSON.stringify(told)}`);
  const own = await desk.read('resident.zhou', `/my/fees/${f.notice}`);
  judge(own.going_back === '70.00', `and sees how much: ${own.going_back}`);
  let r = await desk.as('officer.d014').post(`/fees/refunds/${back}`,
    { act: 'approve' });
  judge(r.status === 403, `an officer approves no refund: ${r.status}`);
  await desk.must('finance.qian', `/fees/refunds/${back}`, { act: 'approve' });
  judge(await soon(async () =>
    (await desk.fee(f.notice)).refunds[0].state.text === '已退付'),
  'an approved refund is paid back');
  judge((await desk.read('resident.zhou', `/my/fees/${f.notice}`))
    .going_back === '', 'what has gone back is under way no more');
  r = await desk.as('finance.qian').post(`/fees/refunds/${back}`,
    { act: 'approve' });
  judge(r.status === 409, `a refund is decided once: ${r.status}`);
}

// Part of it goes back because the payer asks; four eyes.
async function partBack(desk, f) {
  let r = await desk.as('resident.zhou').post(`/my/fees/${f.notice}`,
    { amount: '70.01', reason: '只占用了一半的天数' });
  judge(r.status === 422, `more than was paid does not go back: ${r.status}`);
  r = await desk.as('finance.qian').post(`/fees/${f.notice}/refund`,
    { amount: '35', reason: '只占用了一半的天数' });
  judge(r.status === 200, `the finance desk asks for a refund: ${r.status}`);
  let page = await desk.fee(f.notice);
  const back = page.refunds[0].number;
  r = await desk.as('finance.qian').post(`/fees/refunds/${back}`,
    { act: 'approve' });
  judge(r.status === 403, `who asked does not approve: ${r.status}`);
  await desk.must('finance.sun', `/fees/refunds/${back}`, { act: 'approve' });
  await soon(async () =>
    (await desk.fee(f.notice)).refunds[0].state.text === '已退付');
  page = await desk.fee(f.notice);
  judge(page.receipts.length === 2 && page.receipts[0].struck &&
    page.receipts[1].amount === 3500, 'the receipt is struck out and given anew');
  const own = await desk.read('resident.zhou', `/my/fees/${f.notice}`);
  const struck = await desk.as('anyone').page(own.receipts[0].verify);
  judge(/作废/.test(struck.text) && /冲红日期/.test(struck.text),
    'a receipt struck out is told to be void');
  // As the proxy says for whom: the machine's own requests are not counted.
  const stranger = { headers: { 'x-forwarded-for': '203.0.113.9' } };
  let busy;
  for (let i = 0; i < 12 && busy?.status !== 429; i++)
    busy = await fetch(desk.place.base + own.receipts[0].verify, stranger);
  judge(busy.status === 429, `guessing is bounded: ${busy.status}`);
}

async function sums(desk, platform) {
  let f = await road(desk);
  await platform.pay(f.pay, 'less');
  judge(await desk.until(f.notice, '部分缴纳'), 'half of it is half of it');
  judge((await desk.fee(f.notice)).owed === '35.00', 'the rest is still owed');
  await platform.pay(f.pay, 'less');
  judge(await desk.until(f.notice, '已缴费'), 'the rest settles it');
  f = await road(desk);
  await platform.pay(f.pay, 'more');
  judge(await soon(async () => (await desk.fee(f.notice)).refunds.length === 1 &&
    (await desk.fee(f.notice)).refunds[0].amount === 100),
  'what is too much is refunded by itself');
}

// A callback that is not the platform's.
async function forged(desk, platform, f) {
  const before = await desk.fee(f.notice);
  await platform.pay(f.pay, 'forged');
  const told = await soon(async () =>
    (await desk.read('supervisor.he', '/fees/watch')).refused.length > 0);
  judge(told, 'a forged callback is told to the supervisor');
  const after = await desk.fee(f.notice);
  judge(after.payments.length === before.payments.length,
    'a forged callback books nothing');
}

const sign = text => 'sha256=' + crypto.createHmac('sha256', KEY)
  .update(`callback\n${text}`).digest('hex');

// As the platform would, by hand.
async function callback(desk, m) {
  const text = [m.notice, m.platform_no, m.amount, m.paid_at, m.channel,
    m.account].join('\n');
  const r = await fetch(`${desk.place.base}/payments/callback`, {
    method: 'POST', headers: { 'content-type': 'application/json',
      accept: 'application/json' },
    body: JSON.stringify({ ...m, signature: sign(text) }) });
  return r.status;
}

async function byHand(desk) {
  const f = await road(desk);
  const m = { notice: f.notice, platform_no: 'HAND-1', amount: 7000,
    paid_at: desk.place.clock.now(), channel: '柜台', account: '0' };
  judge(await callback(desk, m) === 401,
    'money for another account than the treasury\'s is refused');
  m.account = '271000000002278001';
  judge(await callback(desk, m) === 200, 'SHA-256 is taken as well as SM3');
  judge(await callback(desk, m) === 200, 'told again it says the same');
  judge(await callback(desk, { ...m, amount: 6999 }) === 409,
    'the same number with another sum is refused');
  judge((await desk.fee(f.notice)).payments.length === 1,
    'told twice is booked once');
  judge(await callback(desk, { ...m, platform_no: 'HAND-2',
    notice: '34188120260099999990' }) === 200,
  'money for nobody is taken down, to go back');
}

// The callback never comes: we ask, as the payer says it was paid.
async function never(desk, platform) {
  const f = await road(desk);
  await platform.pay(f.pay, 'never');
  await sleep(500);
  judge((await desk.fee(f.notice)).state.text === '待缴费',
    'nothing is known without a callback');
  let r = await desk.as('resident.li').post(`/my/fees/${f.notice}/again`, {});
  judge(r.status === 403, `nobody asks for another: ${r.status}`);
  await desk.must('resident.zhou', `/my/fees/${f.notice}/again`, {});
  judge(await desk.until(f.notice, '已缴费'),
    'asked by who paid, the platform tells');
  r = await desk.as('resident.zhou').post(`/my/fees/${f.notice}/again`, {});
  judge(r.status === 409, `what is paid need not be asked: ${r.status}`);
  const other = await road(desk);
  await platform.pay(other.pay, 'never');
  await desk.must('officer.d014', `/fees/${other.notice}/again`, {});
  judge(await desk.until(other.notice, '已缴费'),
    'asked by the desk, it tells as well');
}

async function away(desk, platform) {
  await platform.mood('down');
  const zhou = await desk.file('resident.zhou', 'DEMO-13-002', {
    applicant_name: '周文远', applicant_code: citizenId(7),
    mobile: '13800002716' });
  await desk.untilDecision('d014', zhou);
  await desk.act('leader.d014', zhou, 'grant', { reason: '符合条件。' });
  const notice = await desk.noticeOf('officer.d014', zhou);
  await desk.must('officer.d014', `/fees/${notice}/assess`,
    { area: '1', days: '1', public: 'no' });
  judge(await soon(async () => /没有应答/.test(
    (await desk.read('resident.zhou', `/my/fees/${notice}`)).offline)),
  'a platform that is away is said plainly');
  await platform.mood('bad');
  await desk.must('officer.d014', `/fees/${notice}/again`, {});
  await sleep(700);
  judge((await desk.fee(notice)).pay_url === '',
    'an answer with a wrong signature is not taken');
  await platform.mood('well');
  await desk.must('officer.d014', `/fees/${notice}/again`, {});
  judge(await soon(async () => (await desk.fee(notice)).pay_url),
    'when it is back the order goes through');
}

// 受理 issues it, 准予 waits for it; withdrawn, the money is asked back.
async function beforeDecision(desk, platform) {
  const number = await desk.file('window.chen', 'DEMO-05-002', {
    applicant_name: '周文远', applicant_code: citizenId(7),
    mobile: '13800002716' });
  await desk.untilDecision('d006', number);
  let r = await desk.act('leader.d006', number, 'grant',
    { reason: '符合条件。' });
  judge(r.status === 409 && /临时居民身份证工本费/.test(r.text),
    `the decision waits for the fee: ${r.status} ${r.text.slice(0, 200)}`);
  const page = await desk.read('leader.d006', `/cases/${number}/grant`);
  judge(page.law.some(l => !l.met && /工本费/.test(l.text)),
    'the confirm page names the fee as what is missing');
  const notice = await desk.noticeOf('window.chen', number);
  const url = await soon(async () =>
    (await desk.read('window.chen', `/fees/${notice}`)).pay_url);
  await platform.pay(url, 'pay');
  await desk.until(notice, '已缴费');
  r = await desk.act('leader.d006', number, 'grant', { reason: '符合条件。' });
  judge(r.status < 300, `paid, it is granted: ${r.status} ${r.text.slice(0, 200)}`);
}

async function expiry(desk, platform) {
  const f = await road(desk);
  const none = await road(desk);
  desk.later(20 * DAY);
  judge(await desk.until(f.notice, '已逾期', 30), 'it runs out unpaid');
  await platform.pay(f.pay, 'pay');
  judge(await desk.until(f.notice, '已缴费'),
    'paid after its day it counts while the case waits');
  judge((await desk.fee(f.notice)).payments[0].late, 'and is marked as late');
  await desk.until(none.notice, '已逾期');
  const r = await desk.must('officer.d014', `/fees/${none.notice}/reissue`, {});
  judge(r.status === 201 || r.status === 200, 'it is reissued');
  await platform.pay(none.pay, 'pay');
  judge(await soon(async () =>
    (await desk.fee(none.notice)).refunds.length === 1),
  'money for the notice that was replaced goes back by itself');
}

// Acknowledged is on disk; killed before the acknowledgement comes again.
async function killed(desk, platform) {
  const notices = [];
  for (let i = 0; i < 3; i++) notices.push(await road(desk));
  for (let i = 0; i < 3; i++) {
    await platform.pay(notices[i].pay, 'repeat');
    await sleep(i * 40);
    await desk.place.kill();
    await desk.place.start();
    for (const person of desk.people.known.values()) person.forget();
  }
  for (const f of notices) {
    judge(await desk.until(f.notice, '已缴费', 40),
      'what was acknowledged is there after SIGKILL');
    const page = await desk.fee(f.notice);
    judge(page.payments.length === 1 && page.receipts.length === 1,
      'and it is there once');
  }
}

// The books of a day: every difference is found, none is mended by itself.
async function books(desk, platform) {
  desk.later(DAY);
  const f = [];
  for (let i = 0; i < 4; i++) f.push(await road(desk));
  await platform.pay(f[0].pay, 'pay');
  await platform.pay(f[1].pay, 'hidden');
  await platform.pay(f[2].pay, 'wrong');
  await platform.pay(f[3].pay, 'double');
  for (const i of [0, 2, 3]) await desk.until(f[i].notice, '已缴费');
  await callback(desk, { notice: f[0].notice, platform_no: 'ONLY-HERE',
    amount: 1, paid_at: desk.place.clock.now(), channel: '',
    account: '271000000002278001' });
  const day = new Date(desk.place.clock.now() + 8 * HOUR).toISOString()
    .slice(0, 10);
  desk.later(DAY);
  await desk.must('finance.qian', `/fees/days/${day}`, {});
  const read = await soon(async () => {
    const page = await desk.read('finance.qian', `/fees/days/${day}`);
    return page.state.text === '有差异' && page;
  }, 30);
  const words = (read?.rows ?? []).map(r => r.word);
  for (const word of ['平台有，我方没有', '我方有，平台没有', '金额不一致',
    '对账单重复'])
    judge(words.filter(w => w === word).length === 1,
      `the books find: ${word}`, words.join(' '));
  judge((await desk.fee(f[1].notice)).state.text !== '已缴费',
    'nothing is mended by itself');
  const missing = read.rows.find(r => r.book);
  let r = await desk.as('finance.qian').post(
    `/fees/differences/${missing.id}`, { act: 'book' });
  judge(r.status === 422, `a difference is closed with a reason: ${r.status}`);
  await desk.must('finance.qian', `/fees/differences/${missing.id}`,
    { act: 'book', note: '平台补发了入账凭证' });
  judge(await desk.until(f[1].notice, '已缴费'), 'booked by the clerk');
  r = await desk.as('finance.sun').post(`/fees/differences/${missing.id}`,
    { act: 'close', note: '已经有人处理过' });
  judge(r.status === 409, `a difference is closed once: ${r.status}`);
  for (const row of read.rows.filter(x => !x.book))
    await desk.must('finance.qian', `/fees/differences/${row.id}`,
      { act: 'close', note: '请平台查明，见来函' });
  await desk.must('finance.qian', `/fees/days/${day}`, {});
  await sleep(1500);
  const again = await desk.read('finance.qian', `/fees/days/${day}`);
  judge(again.state.text === '相符' && again.rows.length >= 4,
    'read again, what was closed stays closed', JSON.stringify(again.rows));
}

async function play(kind) {
  const place = new Place({ server: given.server, kind });
  const platform = new Platform(place);
  await platform.start();
  place.extra = ['--conf', platform.conf()];
  await place.start();
  const desk = new Desk(place);
  try {
    const first = await mainPath(desk, platform);
    await forged(desk, platform, first);
    await twice(desk, platform);
    await partBack(desk, first);
    await sums(desk, platform);
    await byHand(desk);
    await never(desk, platform);
    await away(desk, platform);
    await beforeDecision(desk, platform);
    await killed(desk, platform);
    await books(desk, platform);
    await expiry(desk, platform);
    await place.stop();
    const check = place.run('check');
    judge(check.ok, `zhengtong check on ${kind}`, check.text);
    judge(place.run('audit', 'verify').ok, `the trail is whole on ${kind}`);
    judge(!fs.readFileSync(place.log, 'utf8').includes(KEY),
      'the key is not in the log');
  } catch (e) {
    judge(false, `payments on ${kind}`, `${e.stack}\n${place.tail(20)}`);
    await place.kill().catch(() => {});
  }
  await platform.stop();
  place.remove();
}

for (const kind of databases()) await play(kind);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
