// Plays every .flow file against SQLite and against PostgreSQL.
//
//   node tests/flows/run.mjs [--server build/zhengtong] [--only WORD] [FILE…]
//
// Each flow has a copy of the small city and a server of its own, so no flow
// can lean on another.  A flow stops at its first step that is not so; the
// message names file and line, what was wanted and what came.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { People, dig } from '../lib/client.mjs';
import { Place, databases, options, sleep } from '../lib/place.mjs';
import { Mistake, read } from './language.mjs';
import { advance } from '../lib/calendar.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const given = options();

class Flow {
  constructor(place) {
    this.place = place;
    this.people = new People(place.base);
    this.values = new Map();
  }

  // $name and ${name} become what was set.
  fill(text) {
    return text.replace(/\$\{?([a-z_]\w*)\}?/gi, (all, name) => {
      if (!this.values.has(name)) throw new Mistake(`$${name} was never set`);
      return this.values.get(name);
    });
  }

  async ask(step) {
    const person = this.people.of(this.fill(step.name));
    const url = encodeURI(this.fill(step.path)).replace(/%25/g, '%');
    const inputs = step.inputs.map(([k, v]) => [k, v.startsWith('@')
      ? { file: path.join(here, this.fill(v.slice(1))) } : this.fill(v)]);
    if (step.method === 'GET')
      return step.asJson ? person.get(url) : person.page(url);
    if (step.json !== undefined)
      return person.post(url, JSON.parse(this.fill(step.json)));
    return step.asJson ? person.send(url, inputs) : person.form(url, inputs);
  }

  // What is not as wanted, in words; empty when all is.
  complaints(step, r) {
    const bad = [], w = step.wanted;
    if (r.status !== w.status) bad.push(`status ${r.status}, not ${w.status}`);
    if (w.location && !matches(this.fill(w.location), r.location ?? ''))
      bad.push(`Location ${r.location}, not ${this.fill(w.location)}`);
    const text = r.text + (r.json === undefined ? '' : JSON.stringify(r.json));
    for (const p of w.phrases)
      if (!text.includes(this.fill(p))) bad.push(`no "${this.fill(p)}"`);
    for (const p of w.absent)
      if (text.includes(this.fill(p))) bad.push(`there is "${this.fill(p)}"`);
    for (const m of w.members) {
      const got = dig(r.json, m.where);
      const want = m.value === undefined ? undefined : this.fill(m.value);
      if (got === undefined || got === null)
        bad.push(`no member ${m.where}`);
      else if (want !== undefined && String(got) !== want &&
               JSON.stringify(got) !== want)
        bad.push(`${m.where} is ${JSON.stringify(got)}, not ${want}`);
    }
    if (step.queries !== undefined && !(r.queries <= step.queries))
      bad.push(`${r.queries} queries, at most ${step.queries}`);
    if (step.bytes !== undefined && r.size > step.bytes)
      bad.push(`${r.size} bytes, at most ${step.bytes}`);
    return bad;
  }

  async request(step) {
    const until = Date.now() + (step.soon ? 60000 : 0);
    for (;;) {
      this.last = await this.ask(step);
      const bad = this.complaints(step, this.last);
      if (!bad.length) return;
      if (Date.now() >= until)
        throw new Mistake(`${bad.join('; ')}\n      ${step.text}\n` +
          `      the answer: ${plain(this.last)}`);
      await sleep(200);
    }
  }

  set(step) {
    let value;
    if (step.from === 'json') value = dig(this.last.json, step.what);
    else {
      const where = step.from === 'text' ? this.last.text : this.last.location;
      value = new RegExp(step.what).exec(where ?? '')?.[1];
    }
    if (value === undefined || value === null)
      throw new Mistake(`nothing to set ${step.name} from: ` +
        plain(this.last));
    this.values.set(step.name, String(value));
  }

  async play(step) {
    const { clock } = this.place;
    if (step.kind === 'request') await this.request(step);
    else if (step.kind === 'set') this.set(step);
    else if (step.kind === 'at') clock.set(step.ms);
    else if (step.kind === 'advance') {
      clock.set(advance(clock.now(), step.n, step.unit));
      // Sessions end overnight; people sign in again.
      for (const person of this.people.known.values()) person.forget();
    } else {
      await this.place.stop();
      await this.place.start();
    }
  }
}

function matches(pattern, text) {
  const escaped = pattern.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*')}$`).test(text);
}

// An answer as somebody would read it: the head of the text without markup.
function plain(r) {
  const text = r.text.replace(/<(head|script|style|svg)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim();
  const main = text.length > 1500 ? `${text.slice(0, 1500)} …` : text;
  return `${r.status} ${r.type} ${r.location ?? ''} ${main}`;
}

async function playFile(file, kind) {
  const steps = read(file);
  if (!steps.some(s => s.kind === 'request'))
    throw new Mistake(`${file}: a flow asks for something`);
  const place = new Place({ server: given.server, kind });
  for (const s of steps)
    if (s.kind === 'at') place.clock.set(s.ms);
  await place.start();
  const flow = new Flow(place);
  try {
    for (const s of steps) {
      try {
        await flow.play(s);
      } catch (e) {
        throw new Mistake(`${s.file}:${s.line}: ${e.message}`);
      }
    }
    await place.stop();
  } catch (e) {
    e.message += `\n      the server's last words:\n${place.tail(12)}`;
    await place.kill().catch(() => {});
    throw e;
  } finally {
    place.remove();
  }
}

const files = given._.length ? given._ : fs.readdirSync(here)
  .filter(f => f.endsWith('.flow') && f.includes(given.only ?? ''))
  .map(f => path.join(here, f)).sort();
let passed = 0, failed = 0;
for (const kind of databases()) {
  for (const file of files) {
    const name = `${path.basename(file)} on ${kind}`;
    try {
      await playFile(file, kind);
      passed++;
      console.log(`ok  ${name}`);
    } catch (e) {
      failed++;
      console.log(`BAD ${name}\n    ${e instanceof Mistake ? e.message
        : e.stack}`);
    }
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
