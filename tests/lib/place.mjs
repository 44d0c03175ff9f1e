// A place to run the server in: a temporary folder with a test clock, a small
// city loaded into SQLite or PostgreSQL, and the server itself on a free port.
//
// The city is loaded once for every (program, database) and copied for each
// test, because copying is quick and loading is not.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { fileURLToPath } from 'node:url';
import os from 'node:os';
import path from 'node:path';

// The few articles citations are linked to.
const LAWS = fileURLToPath(new URL('../laws', import.meta.url));

// Monday morning in office hours; late in the year, so that flows meet the
// turn of the year but no holiday they did not ask for.
export const START = Date.parse('2026-11-23T09:00:00+08:00');

const made = [];
const running = new Set();

export function temporary(name) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), `zt-${name}-`));
  made.push(dir);
  return dir;
}

function tidy() {
  for (const child of running) child.kill('SIGKILL');
  for (const dir of made) fs.rmSync(dir, { recursive: true, force: true });
}
process.on('exit', tidy);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => process.exit(130));

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));

// The test clock: the server takes the instant in the file plus what has
// passed since it was written.  Replaced, never rewritten in place.
export class Clock {
  constructor(file, at = START) {
    this.file = file;
    this.set(at);
  }
  set(ms) {
    fs.writeFileSync(`${this.file}.new`, `${ms}\n`);
    fs.renameSync(`${this.file}.new`, this.file);
    this.written = Date.now();
    this.at = ms;
  }
  now() {
    return this.at + (Date.now() - this.written);
  }
}

function runOrFail(command, args, options = {}) {
  const r = spawnSync(command, args, {
    encoding: 'utf8', maxBuffer: 1 << 26, ...options });
  if (r.status !== 0)
    throw new Error(`${path.basename(command)} ${args.join(' ')} ended with ` +
      `${r.status ?? r.signal ?? r.error}\n${r.stdout ?? ''}${r.stderr ?? ''}`);
  return r.stdout;
}

// tests/with_postgres.sh names a database of the server it started.
const urlOf = database =>
  process.env.ZT_TEST_PG.replace(/\/[^/]*$/, `/${database}`);

function psql(database, sql) {
  return runOrFail('psql',
    ['-qAt', '-v', 'ON_ERROR_STOP=1', urlOf(database), '-c', sql]);
}

export const databases = () =>
  process.env.ZT_TEST_PG ? ['sqlite', 'postgres'] : ['sqlite'];

// What `zhengtong demo` printed as "account NAME ROLE UNIT WHO" lines.
function accountsOf(text) {
  const accounts = [];
  for (const line of text.split('\n')) {
    const [word, login, role, unit, ...who] = line.trim().split(/\s+/);
    if (word === 'account')
      accounts.push({ login, role, unit: unit === '-' ? '' : unit,
        who: who.join(' ') });
  }
  return accounts;
}

const cities = new Map();
let copies = 0;

// The small city, loaded once for each program and database.
function city(server, kind) {
  const key = `${server} ${kind}`;
  if (cities.has(key)) return cities.get(key);
  const dir = temporary('city');
  const clock = new Clock(path.join(dir, 'clock'));
  const data = path.join(dir, 'data');
  fs.mkdirSync(data);
  const args = ['demo', data, '--small', '--test-clock', clock.file];
  const database = `city_${process.pid}_${++copies}`;
  if (kind === 'postgres') {
    psql('postgres', `CREATE DATABASE ${database}`);
    args.push('--database', urlOf(database));
  }
  const said = runOrFail(server, args);
  const made = { data, database, accounts: accountsOf(said), said };
  cities.set(key, made);
  return made;
}

export class Place {
  // options: server (path of the program), kind ('sqlite' or 'postgres'),
  // data (a folder instead of a copy of the city), extra (arguments)
  constructor(options) {
    Object.assign(this, { kind: 'sqlite', extra: [] }, options);
    this.dir = temporary('place');
    this.data ??= path.join(this.dir, 'data');
    this.clock = new Clock(path.join(this.dir, 'clock'));
    const from = city(this.server, this.kind);
    this.accounts = from.accounts;
    this.said = from.said;
    fs.cpSync(from.data, this.data, { recursive: true });
    if (this.kind === 'postgres') {
      this.database = `place_${process.pid}_${++copies}`;
      psql('postgres',
        `CREATE DATABASE ${this.database} TEMPLATE ${from.database}`);
      this.url = urlOf(this.database);
    }
    this.log = path.join(this.dir, 'log');
    this.errors = [];
  }

  // The arguments that say where the data is, for every subcommand.
  where() {
    return this.kind === 'postgres'
      ? ['--database', this.url] : ['--data', this.data];
  }

  async start() {
    this.port ??= await freePort();
    this.base = `http://127.0.0.1:${this.port}`;
    const conf = path.join(this.dir, 'conf');
    fs.writeFileSync(conf, `law_dir = ${LAWS}\n`);
    const log = fs.openSync(this.log, 'a');
    this.child = spawn(this.server,
      ['serve', ...this.where(), '--files', path.join(this.data, 'files'),
        '--listen', `127.0.0.1:${this.port}`, '--test-clock', this.clock.file,
        ...this.extra.includes('--conf') ? [] : ['--conf', conf],
        ...this.extra],
      { stdio: ['ignore', log, log] });
    fs.closeSync(log);
    running.add(this.child);
    this.ended = new Promise(resolve => this.child.once('exit',
      (code, signal) => {
        running.delete(this.child);
        resolve({ code, signal });
      }));
    await this.ready();
    return this;
  }

  async ready() {
    for (let i = 0; i < 600; i++) {
      if (this.child.exitCode !== null || this.child.signalCode !== null)
        throw new Error(`the server did not start\n${this.tail()}`);
      try {
        const r = await fetch(`${this.base}/login`);
        await r.arrayBuffer();
        if (r.status < 500) return;
      } catch {
        // not listening yet
      }
      await sleep(50);
    }
    throw new Error(`the server was not ready in 30 s\n${this.tail()}`);
  }

  tail(lines = 40) {
    return fs.existsSync(this.log)
      ? fs.readFileSync(this.log, 'utf8').split('\n').slice(-lines).join('\n')
      : '';
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  // Stops in peace; anything but exit 0 is a defect (leaks, races included).
  async stop() {
    if (!this.child || !running.has(this.child)) return;
    this.child.kill('SIGTERM');
    const late = sleep(20000).then(() => 'late');
    const how = await Promise.race([this.ended, late]);
    if (how === 'late') {
      await this.kill();
      throw new Error(`the server did not stop in 20 s\n${this.tail()}`);
    }
    if (how.code !== 0)
      throw new Error(`the server ended with ${how.code ?? how.signal}\n` +
        this.tail(80));
    this.reproach();
  }

  // In test mode the server says in its log when a handler fills its view
  // otherwise than the page declares; that is a defect like any other.
  reproach() {
    const lines = fs.readFileSync(this.log, 'utf8').split('\n')
      .filter(l => / view of /.test(l)).map(l => l.replace(/^\S+ /, ''));
    if (lines.length)
      throw new Error(`views that do not fit:\n${
        [...new Set(lines)].join('\n')}`);
  }

  // A subcommand on the same data: run('check'), run('audit', 'verify').
  run(...words) {
    const files = words[0] === 'check'
      ? ['--files', path.join(this.data, 'files')] : [];
    const r = spawnSync(this.server, [...words, ...this.where(), ...files],
      { encoding: 'utf8', maxBuffer: 1 << 26 });
    return { ok: r.status === 0, text: `${r.stdout}${r.stderr}` };
  }

  remove() {
    if (this.kind === 'postgres')
      psql('postgres', `DROP DATABASE IF EXISTS ${this.database} WITH (FORCE)`);
    fs.rmSync(this.dir, { recursive: true, force: true });
  }
}

// --name value pairs of a test's command line; bare --name is true.
export function options(argv = process.argv.slice(2)) {
  const found = { _: [] };
  for (let i = 0; i < argv.length; i++) {
    if (!argv[i].startsWith('--')) found._.push(argv[i]);
    else if (argv[i + 1] === undefined || argv[i + 1].startsWith('--'))
      found[argv[i].slice(2)] = true;
    else found[argv[i].slice(2)] = argv[++i];
  }
  found.server = path.resolve(found.server ?? 'build/zhengtong');
  return found;
}
