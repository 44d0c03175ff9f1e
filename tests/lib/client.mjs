// A person in front of the platform: cookies, the hidden token of forms, and
// the same person as a program, with a bearer token and JSON.
import fs from 'node:fs';
import path from 'node:path';

// One password for every account of the demonstration city.
export const PASSWORD = process.env.ZT_DEMO_PASSWORD ?? 'Yunxi-2026';

const TYPES = { '.pdf': 'application/pdf', '.jpg': 'image/jpeg',
  '.png': 'image/png', '.docx':
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document' };

export class Client {
  constructor(base, login) {
    this.base = base;
    this.login = login; // undefined: anyone
    this.cookies = new Map();
  }

  // As after a night: signed out everywhere.
  forget() {
    this.cookies.clear();
    this.entered = false;
    this.token = this.csrf = undefined;
  }

  headers(extra) {
    const h = { ...extra };
    if (this.cookies.size)
      h.cookie = [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
    return h;
  }

  keep(response) {
    for (const line of response.headers.getSetCookie?.() ?? []) {
      const [pair, ...rest] = line.split(';');
      const at = pair.indexOf('=');
      const gone = rest.some(r => /^\s*max-age=0\s*$/i.test(r));
      if (gone) this.cookies.delete(pair.slice(0, at).trim());
      else this.cookies.set(pair.slice(0, at).trim(), pair.slice(at + 1));
    }
  }

  // One exchange; never follows a redirect.  The answer: status, location,
  // type, text, json (if it is), queries (test mode), size in bytes.
  // A program sends a token and no cookies; a browser the other way round.
  async exchange(method, url, { headers = {}, body, timeout = 60000 } = {}) {
    const program = headers.accept === 'application/json';
    const r = await fetch(this.base + url, { method, body, redirect: 'manual',
      headers: program ? headers : this.headers(headers),
      signal: AbortSignal.timeout(timeout) });
    if (!program) this.keep(r);
    const bytes = Buffer.from(await r.arrayBuffer());
    const type = r.headers.get('content-type') ?? '';
    const text = bytes.toString('utf8');
    const answer = { status: r.status, type, text, bytes, size: bytes.length,
      location: r.headers.get('location'), headers: r.headers,
      queries: Number(r.headers.get('x-queries') ?? NaN) };
    if (/json/.test(type)) {
      try {
        answer.json = JSON.parse(text);
      } catch {
        answer.json = undefined;
      }
    }
    const token = /name="csrf"[^>]*value="([^"]*)"|value="([^"]*)"[^>]*name="csrf"/
      .exec(text);
    if (/html/.test(type) && token) this.csrf = token[1] ?? token[2];
    return answer;
  }

  // ---- as a browser ----

  async page(url) {
    await this.enter();
    return this.exchange('GET', url, { headers: { accept: 'text/html' } });
  }

  // inputs: [[name, value]]; a value {file} makes it multipart.
  async form(url, inputs) {
    await this.enter();
    if (!this.csrf) await this.exchange('GET', '/login',
      { headers: { accept: 'text/html' } });
    const all = [...inputs];
    if (this.csrf && !all.some(([k]) => k === 'csrf'))
      all.push(['csrf', this.csrf]);
    return this.exchange('POST', url, { body: bodyOf(all),
      headers: { accept: 'text/html', origin: this.base } });
  }

  // Signs in once, as a browser does.
  async enter() {
    if (!this.login || this.entered) return;
    this.entered = true;
    const page = await this.exchange('GET', '/login',
      { headers: { accept: 'text/html' } });
    const inputs = [['login', this.login], ['password', PASSWORD]];
    if (this.csrf) inputs.push(['csrf', this.csrf]);
    const r = await this.exchange('POST', '/login', { body: bodyOf(inputs),
      headers: { accept: 'text/html', origin: this.base } });
    if (r.status !== 303)
      throw new Error(`${this.login} could not sign in: ${r.status} ` +
        `(the page before: ${page.status})\n${r.text.slice(0, 400)}`);
    this.csrf = undefined; // the session is new, so is the token
    await this.exchange('GET', '/account', { headers: { accept: 'text/html' } });
  }

  // ---- as a program ----

  async bearer() {
    if (!this.login) return {};
    if (!this.token) {
      const r = await this.exchange('POST', '/login', {
        headers: { 'content-type': 'application/json',
          accept: 'application/json' },
        body: JSON.stringify({ login: this.login, password: PASSWORD }) });
      if (!r.json?.token)
        throw new Error(`${this.login} got no token: ${r.status} ` +
          r.text.slice(0, 300));
      this.token = r.json.token;
    }
    return { authorization: `Bearer ${this.token}` };
  }

  async get(url) {
    return this.exchange('GET', url,
      { headers: { accept: 'application/json', ...await this.bearer() } });
  }

  async post(url, value, headers = {}) {
    return this.exchange('POST', url, {
      headers: { accept: 'application/json',
        'content-type': 'application/json', ...await this.bearer(),
        ...headers },
      body: JSON.stringify(value ?? {}) });
  }

  // A multipart post with a bearer token: papers from a program.
  async send(url, inputs, headers = {}) {
    return this.exchange('POST', url, { body: bodyOf(inputs),
      headers: { accept: 'application/json', ...await this.bearer(),
        ...headers } });
  }
}

export function bodyOf(inputs) {
  if (!inputs.some(([, v]) => v?.file || v?.bytes))
    return new URLSearchParams(inputs);
  const form = new FormData();
  for (const [name, v] of inputs) {
    if (v?.file)
      form.append(name, new Blob([fs.readFileSync(v.file)],
        { type: TYPES[path.extname(v.file)] ?? 'application/octet-stream' }),
        path.basename(v.file));
    else if (v?.bytes)
      form.append(name, new Blob([v.bytes], { type: v.type }), v.name);
    else form.append(name, v);
  }
  return form;
}

// The people of a place, each signing in when first needed.
export class People {
  constructor(base) {
    this.base = base;
    this.known = new Map();
  }
  of(name) {
    if (!this.known.has(name))
      this.known.set(name,
        new Client(this.base, name === 'anyone' ? undefined : name));
    return this.known.get(name);
  }
}

// "a.b[0].c" or "a.b.0.c" of a value; .length of lists works.
export function dig(value, where) {
  let at = value;
  for (const key of where.replace(/\[(\d+)\]/g, '.$1').split('.'))
    at = at === null || at === undefined ? undefined : at[key];
  return at;
}
