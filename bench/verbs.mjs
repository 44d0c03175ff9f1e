// How many commands does the platform take over HTTP, each with its authority
// check, its audit entry and the disk?  Matters are begun by one officer and
// completed step by step, as a program would: as fast as they are answered with
// 64 connections, then at half that rate, where nobody may wait.
//
// Worry: fewer than 5,000 a second; at half load a p99 of 25 ms or more.
import { Client } from '../tests/lib/client.mjs';
import { CLIENTS, SECONDS, Server, base, copied, figure, finish, load, loaded,
  median, post } from './lib/measure.mjs';

const CASES = 10000, ROUNDS = 3;

// What lies on the officer's desk from these rounds, oldest first.
async function desk(person) {
  const found = [];
  for (let next = '/tasks'; next;) {
    const page = (await person.get(next)).json;
    found.push(...page.rows.filter(r => r.title.startsWith('压测')));
    next = page.pager?.next;
  }
  return found;
}

const begin = more => [post('/matters/new/promised',
  JSON.stringify({ title: '压测 ######' }), more)];

async function completions(person, more, many) {
  const rows = (await desk(person)).slice(0, many);
  // All are as they were begun: one tells the revision of all.
  const { revision } = (await person.get(`/matters/${rows[0].number}`)).json;
  return rows.map(r => post(`/matters/${r.number}/complete`,
    JSON.stringify({ task: r.task, revision, q_decision: 'to-first' }), more));
}

const server = new Server();
await server.start(copied(loaded(CASES), 'serving'));
try {
  const person = new Client(base, 'officer.d013');
  await person.bearer();
  const more = `Authorization: Bearer ${person.token}\r\n`;
  await load(begin(more), { seconds: 1 });
  const rates = [], half = [];
  for (let i = 0; i < ROUNDS; i++) rates.push(await load(begin(more)));
  const rate = median(rates.map(r => r.rate));
  figure('begins', Math.round(rate), '/s', '>= 5000', rate >= 5000);
  figure('begins p99', median(rates.map(r => r.p99)), 'ms', '');
  for (let i = 0; i < ROUNDS; i++)
    half.push(await load(begin(more), { rate: rate / 2 }));
  const p99 = median(half.map(r => r.p99));
  figure('begins p99 at half load', p99, 'ms',
    `< 25 at ${Math.round(median(half.map(r => r.rate)))}/s`, p99 < 25);
  const tasks = await completions(person, more, 60000);
  const r = await load(tasks, { seconds: 60, once: true });
  figure('completions', Math.round(r.rate), '/s', '>= 5000', r.rate >= 5000);
  figure('completions p99', r.p99, 'ms', `${r.done} of them`);
} finally {
  await server.stop();
}
finish();
