// Letters reach people outside the mailbox, without a word about them: by a
// gateway for text messages and a real mail server; not at night, not where it
// was refused, again when a machine was away, and seen by the desk when never.
//
//   node tests/messages/run.mjs [--server build/zhengtong]
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PASSWORD as PASS, People } from '../lib/client.mjs';
import { pdf } from '../lib/hall.mjs';
import { citizenId } from '../lib/made-up.mjs';
import { Place, START, databases, options, sleep } from '../lib/place.mjs';
import { Gateway, MailServer } from './gateway.mjs';

const given = options();
const TOKEN = 'token-of-the-gateway-0123456789', PASSWORD = 'mail-secret-98765';
const MINUTE = 60000, HOUR = 60 * MINUTE;
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

class Town {
  constructor(place, gateway, mail) {
    Object.assign(this, { place, gateway, mail });
    this.people = new People(place.base);
    this.n = 0;
  }
  async must(login, url, inputs) {
    const r = await this.people.of(login).post(url, inputs);
    if (r.status >= 300)
      throw new Error(`POST ${url} as ${login}: ${r.status} ${r.text.slice(0, 300)}`);
    return r;
  }
  async read(login, url) {
    const r = await this.people.of(login).get(url);
    if (r.status !== 200)
      throw new Error(`GET ${url} as ${login}: ${r.status}`);
    return r.json;
  }
  at(ms) {
    this.place.clock.set(ms);
    for (const person of this.people.known.values()) person.forget();
  }
  // Zhou files, the desk accepts: a letter of the acceptance.
  async accepted() {
    let r = await this.must('resident.zhou', '/apply/DEMO-13-002', {});
    const draft = r.json.number;
    await this.must('resident.zhou', `/drafts/${draft}/applicant`, {
      applicant_name: '周文远', applicant_code: citizenId(7),
      mobile: '13800002716', town: 'T01' });
    await this.must('resident.zhou', `/drafts/${draft}/matter`,
      { matter: '占用中津路二十平方米，用于门头修缮。' });
    await this.people.of('resident.zhou').send(`/drafts/${draft}/papers/m2`,
      [['file', { bytes: pdf(`m2 ${++this.n}`), name: 'a.pdf',
        type: 'application/pdf' }]]);
    r = await this.must('resident.zhou', `/drafts/${draft}/submit`,
      { promise: '1' });
    await this.must('officer.d014', `/cases/${r.json.number}/accept`, {});
    return r.json.number;
  }
  sms(number) {
    return this.gateway.messages.filter(m => m.text.includes(number));
  }
  mails(number) {
    return this.mail.mails.filter(m => body(m).includes(number));
  }
  async deliveries(number) {
    return (await this.read('officer.d014', `/desk/${number}`)).deliveries;
  }
  all(state) {
    return this.must('resident.zhou', '/mail/wishes', { mail: 'zhou@example.cn',
      quiet: '1', sms: ['case', 'fee', 'licence', 'matter'],
      post: ['case', 'fee', 'licence', 'matter'], ...state });
  }
}

function body(mail) {
  const [, text] = mail.text.split(/\r?\n\r?\n/);
  return Buffer.from(text ?? '', 'base64').toString('utf8');
}

const PERSONAL = ['周文远', '文远', '13800002716', '2716', '中津路', '门头'];

async function tellsNothing(town) {
  await town.all();
  const number = await town.accepted();
  judge(await soon(() => town.sms(number).length === 1), 'one text message');
  judge(await soon(() => town.mails(number).length === 1), 'one mail');
  const [sms] = town.sms(number), [mail] = town.mails(number);
  const person = (await town.read('resident.zhou', '/account'));
  const secrets = [...PERSONAL, citizenId(7),
    ...JSON.stringify(person).match(/\d{17}[\dX]/g) ?? []];
  for (const s of secrets) {
    judge(!sms?.text.includes(s), `a text message does not tell ${s}`);
    judge(!(mail && (body(mail) + mail.text).includes(s)),
      `a mail does not tell ${s}`);
  }
  judge(sms?.mobile === '13800002716', 'it goes to the mobile of the account');
  judge(/请登录 http/.test(sms?.text), 'it says where to look');
  judge(mail?.to[0] === 'zhou@example.cn' && mail.from === 'gov@yunxi.example',
    'the mail goes where it was wished');
  const seen = await soon(async () => {
    const d = await town.deliveries(number);
    return d.length === 2 && d.every(x => x.state.text === '已发出') && d;
  });
  judge(seen, 'the desk sees that both were sent');
  judge(!JSON.stringify(seen).includes('13800002716') &&
    JSON.stringify(seen).includes('138****2716'), 'and the mobile masked');
}

async function wishes(town) {
  await town.all({ sms: ['licence'], post: ['licence'] });
  const number = await town.accepted();
  await sleep(1200);
  judge(town.sms(number).length + town.mails(number).length === 0,
    'who wants no copies gets none');
  judge(await soon(async () => (await town.read('resident.zhou', '/mail'))
    .letters.some(l => l.ref === number)), 'and the letter is in the mailbox all the same');
  for (const mail of ['no address', 'a@b', 'x@y.cn\nBcc: z@y.cn']) {
    const r = await town.people.of('resident.zhou').post('/mail/wishes', { mail });
    judge(r.status === 422 || r.status === 400,
      `${JSON.stringify(mail)} is no address: ${r.status}`);
  }
  await town.all();
}

async function night(town) {
  town.at(START + 14 * HOUR); // 23:00
  const number = await town.accepted();
  await sleep(1200);
  judge(town.sms(number).length + town.mails(number).length === 0,
    'nothing is sent at night');
  judge((await town.deliveries(number)).every(d => d.state.text === '等待发送'),
    'the desk sees that it waits');
  town.at(START + 23 * HOUR + MINUTE); // 8:01
  judge(await soon(() => town.sms(number).length === 1 &&
    town.mails(number).length === 1), 'in the morning it goes');
  town.at(START + 24 * HOUR + 14 * HOUR);
  await town.all({ quiet: '' });
  const late = await town.accepted();
  judge(await soon(() => town.sms(late).length === 1),
    'who wants it at night gets it at night');
  await town.all();
  town.at(START + 48 * HOUR);
}

// Away: again with pauses, then given up in the open, then by hand.
async function away(town) {
  town.gateway.mood = 'full';
  town.mail.mood = 'refuses';
  const number = await town.accepted();
  judge(await soon(async () => {
    const all = await town.deliveries(number);
    return all.length === 2 && all.every(d => d.tries >= 1);
  }), 'a machine that is full is tried');
  const why = (await town.deliveries(number)).map(d => d.why).join(' ');
  judge(/拒绝（503）/.test(why) && /拒绝（451）/.test(why),
    `each is told with what it was refused: ${why}`);
  const told = words => town.place.tail(4000).split('\n')
    .filter(l => l.includes('call notify.') && l.includes(words)).length;
  judge(told('answers HTTP 503, tried again by itself') === 1,
    'whoever runs it is told once');
  town.gateway.mood = 'well';
  town.mail.mood = 'well';
  town.at(town.place.clock.now() + 2 * MINUTE);
  judge(await soon(() => town.sms(number).length === 1 &&
    town.mails(number).length === 1), 'and tried again');
  judge(told('answers again') === 1, 'and once when it is back');
  town.gateway.mood = 'refuses';
  const lost = await town.accepted();
  const bad = await soon(async () => (await town.deliveries(lost))
    .find(d => d.failed));
  judge(bad?.way === '短信' && /拒绝/.test(bad.why),
    'a message that was refused is shown as not delivered');
  const r = await town.people.of('officer.d025').post(
    `/desk/${lost}/deliveries/${bad.code}`, {});
  judge(r.status === 403, `another desk may not send it again: ${r.status}`);
  town.gateway.mood = 'well';
  await town.must('officer.d014', `/desk/${lost}/deliveries/${bad.code}`, {});
  judge(await soon(() => town.sms(lost).length === 1), 'by hand it goes');
  const again = await town.people.of('officer.d014').post(
    `/desk/${lost}/deliveries/${bad.code}`, {});
  judge(again.status === 409, `what was sent is not sent again: ${again.status}`);
  judge(town.sms(lost).length === 1, 'and it went once');
}

// A number is its owner's when the code sent to it came back.
async function proving(town) {
  const own = '13900000701', next = '13900000702', ask = '/account/mobile';
  await town.must('anyone', '/register', { name: '汪小满', mobile: own,
    citizen_id: citizenId(701), password: PASS, again: PASS, agreed: '1' });
  let me = own;
  const post = (url, inputs) => town.people.of(me).post(url, inputs);
  const said = async (url, inputs, status, words, what) => {
    const r = await post(url, inputs);
    judge(r.status === status && r.text.includes(words),
      `${what}: ${r.status} ${r.text.slice(0, 200)}`);
  };
  const codes = [];
  const code = async (number, n) => {
    const got = await soon(() => town.gateway.messages.filter(m =>
      m.mobile === number && m.text.includes('验证码'))[n - 1]);
    judge(got && !/汪|小满|1390000/.test(got.text),
      `code ${n} goes to ${number} and names nobody`);
    const digits = /验证码 (\d{6})/.exec(got?.text)?.[1] ?? 'none';
    codes.push(digits);
    return digits;
  };
  const later = minutes => town.at(town.place.clock.now() + minutes * MINUTE);

  judge((await town.read(me, ask)).proven === false, 'registered: not proven');
  judge((await town.read(me, ask)).fields.map(f => f.name).join() ===
    'mobile,password', 'another number is asked for with the password');
  judge((await town.read(me, '/mail/wishes')).proven === false, 'and said so');
  judge((await town.read(me, '/my')).unproven === true, 'in 我的办件, too');
  await said(`${ask}/code`, { code: '123456' }, 422, '没有等待', 'no code yet');
  await town.must(me, ask, {});
  const first = await code(own, 1);
  await said(ask, {}, 422, '秒再获取', 'a second at once');
  const wrong = first === '000000' ? '000001' : '000000';
  for (let left = 4; left >= 0; left--)
    await said(`${ask}/code`, { code: wrong }, 422, `${left} 次`, 'a wrong code');
  await said(`${ask}/code`, { code: first }, 422, '作废', 'after five tries');
  later(2);
  await town.must(me, ask, {});
  const second = await code(own, 2);
  if (second !== first)
    await said(`${ask}/code`, { code: first }, 422, '不正确', 'the old code');
  await town.must(me, `${ask}/code`, { code: second });
  judge((await town.read(me, ask)).proven === true, 'the code proves it');
  await said(`${ask}/code`, { code: second }, 422, '没有等待', 'used twice');
  await said(ask, {}, 400, '新的手机号码', 'proven: nothing to prove');

  later(2);
  await said(ask, { mobile: next, password: 'wrong-1234' }, 422,
    '密码不正确', 'another number without the password');
  await town.must(me, ask, { mobile: next, password: PASS });
  const third = await code(next, 1);
  judge((await town.read(me, ask)).mobile === '139****0701',
    'until the code comes back the number is the old one');
  await town.must(me, `${ask}/code`, { code: third });
  me = next;
  judge((await town.read(me, ask)).mobile === '139****0702',
    'then it is the new one, also to sign in');

  later(2);
  await town.must(me, ask, { mobile: '13800002716', password: PASS });
  const fourth = await code('13800002716', 1);
  await said(`${ask}/code`, { code: fourth }, 409, '另一个账号',
    'a number of another account is told to its holder only');
  later(2);
  await town.must(me, ask, { mobile: own, password: PASS });
  const fifth = await code(own, 3);
  later(2);
  await said(ask, { mobile: own, password: PASS }, 422, '一小时',
    'the sixth in an hour');
  later(10);
  await said(`${ask}/code`, { code: fifth }, 422, '过期', 'after ten minutes');
  return codes;
}

async function givenUp(town) {
  town.gateway.mood = 'full';
  const number = await town.accepted();
  for (let i = 0; i < 8; i++) {
    await soon(async () => (await town.deliveries(number))
      .some(d => d.way === '短信' && (d.tries > i || d.failed)), 8);
    town.at(town.place.clock.now() + 10 * MINUTE);
  }
  judge(await soon(async () => (await town.deliveries(number))
    .some(d => d.failed)), 'after six tries it is given up, in the open');
  town.gateway.mood = 'well';
}

async function play(kind) {
  const place = new Place({ server: given.server, kind });
  const gateway = new Gateway(TOKEN);
  const mail = new MailServer('gov', PASSWORD);
  await Promise.all([gateway.start(), mail.start()]);
  const file = (name, text) => {
    const at = path.join(place.dir, name);
    fs.writeFileSync(at, text, { mode: 0o600 });
    return at;
  };
  place.extra = ['--conf', file('messages.conf', [`sms_url = ${gateway.url}`,
    `sms_key_file = ${file('sms.key', `${TOKEN}\n`)}`,
    `mail_url = ${mail.url}`, 'mail_from = gov@yunxi.example',
    'mail_user = gov', `mail_password_file = ${file('mail.key', PASSWORD)}`,
    ''].join('\n'))];
  await place.start();
  const town = new Town(place, gateway, mail);
  try {
    await tellsNothing(town);
    await wishes(town);
    await night(town);
    await away(town);
    await givenUp(town);
    const codes = await proving(town);
    await place.stop();
    const log = fs.readFileSync(place.log, 'utf8');
    judge(![TOKEN, PASSWORD, '13800002716', '13900000701'].some(s =>
      log.includes(s)), 'no secret and no mobile in the log');
    judge(!codes.some(c => new RegExp(`\\b${c}\\b`).test(log)),
      'no code in the log');
    const check = place.run('check');
    judge(check.ok, `zhengtong check on ${kind}`, check.text);
  } catch (e) {
    judge(false, `messages on ${kind}`, `${e.stack}\n${place.tail(15)}`);
    await place.kill().catch(() => {});
  }
  await Promise.all([gateway.stop(), mail.stop()]);
  place.remove();
}

// The gateway of the demonstration: it shows what came, once, to who may send.
async function trial() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'zt-gateway-'));
  const key = path.join(dir, 'key'), port = 20000 + process.pid % 9000;
  fs.writeFileSync(key, `${TOKEN}\n`, { mode: 0o600 });
  const server = path.resolve(given.server ?? 'build/zhengtong');
  const child = spawn(server, ['messages-test', '--listen',
    `127.0.0.1:${port}`, '--key', key], { stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const send = (token, body) => fetch(`${url}/sms`, { method: 'POST', body,
    headers: { authorization: `Bearer ${token}` } }).then(r => r.status);
  const read = () => fetch(url).then(r => r.text(), () => '');
  judge(await soon(async () => (await read()).includes('还没有短信')),
    'the gateway of the demonstration answers');
  const one = JSON.stringify({ id: 'A1', mobile: '13900000001',
    text: '<b>验证码 123456' });
  judge(await send(TOKEN, one) === 200 && await send(TOKEN, one) === 200,
    'it takes a message twice');
  judge((await read()).split('验证码 123456').length === 2, 'and shows it once');
  judge((await read()).includes('&lt;b&gt;'), 'as text');
  judge(await send('another-token-of-24-letters', one) === 401,
    'a wrong token is refused');
  judge(await send(TOKEN, 'no json') === 400, 'what is no message, too');
  const over = new Promise(done => child.on('exit', done));
  child.kill();
  judge(await over === 0, 'it ends when told');
  fs.rmSync(dir, { recursive: true });
}

await trial();
for (const kind of databases()) await play(kind);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
