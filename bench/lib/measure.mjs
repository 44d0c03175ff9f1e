// What the questions of bench/ that need a server share: data of a size, a
// server on a copy of it, a load of requests, figures with what would worry us.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';

export const PORT = Number(process.env.ZT_BENCH_PORT ?? 18341);
export const SECONDS = Number(process.env.ZT_BENCH_SECONDS ?? 3);
export const CLIENTS = 64;
export const work = path.resolve('build/bench-data');
export const base = `http://127.0.0.1:${PORT}`;
export const sleep = ms => new Promise(done => setTimeout(done, ms));
export const median = v => [...v].sort((a, b) => a - b)[v.length >> 1];

// ---- what is found out ----

export const worries = [];
export function figure(what, value, unit, wanted, good) {
  console.log([path.basename(process.argv[1], '.mjs'), what, value, unit,
    wanted, good === undefined ? '' : good ? 'ok' : 'WORRY'].join('\t'));
  if (good === false) worries.push(what);
}

// Exit code 1 when something is not as wanted.
export function finish() {
  for (const name of ['serving', 'yardstick', 'requests'])
    fs.rmSync(path.join(work, name), { recursive: true, force: true });
  if (!worries.length) return;
  console.error(`worries: ${worries.join('; ')}`);
  process.exitCode = 1;
}

// ---- data ----

export function loaded(cases) {
  fs.mkdirSync(work, { recursive: true });
  const day = new Date().toLocaleDateString('sv');
  const dir = path.join(work, `${cases}-${day}`);
  if (!fs.existsSync(path.join(dir, 'DEMO'))) {
    for (const old of fs.readdirSync(work))
      if (old.startsWith(`${cases}-`))
        fs.rmSync(path.join(work, old), { recursive: true });
    execFileSync('build/zhengtong', ['demo', dir, '--cases', String(cases)],
      { stdio: 'ignore' });
  }
  return dir;
}

// A folder to work on as it is, without a copy: ZT_BENCH_PLACE.
export const place = () => process.env.ZT_BENCH_PLACE;

export function copied(from, name) {
  const to = path.join(work, name);
  fs.rmSync(to, { recursive: true, force: true });
  fs.cpSync(from, to, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
  execFileSync('sync', ['-f', to]); // later rounds must not pay for this
  return to;
}

// ---- programs ----

// A program that answers each line with a line.
export class Partner {
  constructor(command, args) {
    this.child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.lines = readline.createInterface({ input: this.child.stdout })
      [Symbol.asyncIterator]();
    this.gone = new Promise(done => this.child.on('exit', done));
  }
  async line() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`${this.child.spawnargs[0]} ended`);
    return value;
  }
  ask(text) {
    this.child.stdin.write(text + '\n');
    return this.line();
  }
  async end() {
    this.child.stdin.end();
    await this.gone;
  }
}

export class Server {
  async start(dir) {
    const log = fs.openSync(path.join(work, 'server.log'), 'a');
    const begin = process.hrtime.bigint();
    this.child = spawn('build/zhengtong', ['serve', '--data', dir, '--listen',
      `127.0.0.1:${PORT}`], { stdio: ['ignore', log, log] });
    this.gone = new Promise(done => this.child.on('exit', done));
    for (let i = 0; ; i++) {
      try {
        const r = await fetch(`${base}/board`, { headers:
          { accept: 'text/html' } });
        await r.arrayBuffer();
        break;
      } catch (problem) {
        if (i > 60000 || this.child.exitCode !== null) throw problem;
        await sleep(5);
      }
    }
    return Number(process.hrtime.bigint() - begin) / 1e6;
  }
  // The first start counts five years of days for /statistics: once, so it is
  // not what is measured.
  async counted() {
    await sleep(3000); // the days are put on the list a moment after the start
    for (let i = 0; i < 600; i++) {
      const r = await fetch(`${base}/statistics?period=all&i=${i}`, { headers:
        { accept: 'application/json' } });
      if (r.status !== 200 || !(await r.json()).waiting) return;
      await sleep(1000);
    }
  }
  resident() { // the most it ever was, MiB
    const status = fs.readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+)/.exec(status)[1]) / 1024;
  }
  cpu() { // processor time until now, of all its threads, ms
    const tasks = `/proc/${this.child.pid}/task`;
    return fs.readdirSync(tasks).reduce((sum, t) => sum + Number(fs
      .readFileSync(`${tasks}/${t}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6;
  }
  async stop() {
    this.child.kill('SIGTERM');
    await this.gone;
  }
}

// ---- requests ----

export const get = (address, more = '', accept = 'text/html') =>
  `GET ${address} HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nAccept: ${accept}` +
  `\r\n${more}\r\n`;
export const post = (address, body, more) =>
  `POST ${address} HTTP/1.1\r\nHost: 127.0.0.1:${PORT}\r\nAccept: ` +
  `application/json\r\nContent-Type: application/json\r\nContent-Length: ` +
  `${Buffer.byteLength(body)}\r\n${more}\r\n${body}`;

export async function load(requests, { port = PORT, clients = CLIENTS,
  seconds = SECONDS, rate = 0, once = false } = {}) {
  const file = path.join(work, 'requests');
  fs.writeFileSync(file, requests.join('\0'));
  const program = new Partner('build/bench_city_load', [port, clients, seconds,
    file, rate, ...(once ? ['once'] : [])].map(String));
  const [reached, p50, p99, max, done, failed, bytes] =
    (await program.line()).split('\t').map(Number);
  await program.gone;
  if (failed) throw new Error(`${failed} of ${done} requests failed`);
  return { rate: reached, p50, p99, max, done, bytes };
}
