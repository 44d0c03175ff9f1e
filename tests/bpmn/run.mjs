// Drives the program as an outsider would: every model of this folder is
// checked and traced from the command line, and what comes out is compared.
//
//   node tests/bpmn/run.mjs [--server build/zhengtong] [--only WORD]
//
// The .txt files say what is wanted, see README.md.  Each trace runs twice:
// the same file and options must say the same to the byte.
import fs from 'node:fs';
import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const given = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const server = given('server', path.join(here, '../../build/zhengtong'));
const only = given('only', '');

// 'one word' and bare ones, as a shell would cut them.
const words = (text) => [...text.matchAll(/'([^']*)'|(\S+)/g)]
  .map((m) => m[1] ?? m[2]);

function program(...args) {
  const said = spawnSync(server, ['bpmn', ...args],
    { timeout: 60000, maxBuffer: 1 << 28 });
  if (said.error) throw said.error;
  if (said.signal) throw new Error(`died by ${said.signal}`);
  return { code: said.status, out: said.stdout.toString(),
    err: said.stderr.toString() };
}

const model = (name) => path.join(here, 'models', `${name}.bpmn`);

// Every line one object of the form the specification gives, the end last.
function events(out) {
  if (!out.endsWith('\n')) throw new Error('the last line is not whole');
  const lines = out.trimEnd().split('\n').map((l) => JSON.parse(l));
  const end = lines.pop();
  if (end.event !== 'end' || Object.keys(end).length !== 2)
    throw new Error('no end line');
  const inside = new Map();
  for (const e of lines) {
    if (!['enter', 'leave', 'script', 'cancel'].includes(e.event))
      throw new Error(`event ${e.event}`);
    if ('result' in e !== (e.event === 'script')) throw new Error('result');
    const n = inside.get(e.element) ?? 0;
    if (e.event !== 'enter' && n < 1)
      throw new Error(`${e.event} of ${e.element} without enter`);
    inside.set(e.element, n + (e.event === 'enter') -
      (e.event === 'leave' || e.event === 'cancel'));
  }
  return { lines, state: end.state };
}

const signs = { enter: '+', leave: '-', cancel: '!', script: '=' };

// How it ends only, for what is too long to write down.
function ends(name, options) {
  return events(program('trace', model(name), ...options).out).state;
}

// What is said to the person, on standard error.
function says(name, options, wanted) {
  const { err } = program('trace', model(name), ...options);
  return err.includes(wanted) ? wanted : err.trim();
}

function trace(name, options) {
  const first = program('trace', model(name), ...options);
  const again = program('trace', ...options, model(name)); // file last
  if (first.out !== again.out) throw new Error('two runs differ');
  const { lines, state } = events(first.out);
  const short = lines.map((e) => e.element + signs[e.event] +
    ('result' in e ? JSON.stringify(e.result) : ''));
  if ((first.code !== 0) !== (state === 'error' && lines.length === 0))
    throw new Error(`exit code ${first.code}, state ${state}`);
  return [...short, state].join(' ');
}

// Refused before anything runs: a sentence, an end line, an exit code.
function fails(name, options, wanted) {
  const said = program('trace', model(name), ...options);
  const { lines, state } = events(said.out);
  if (said.code === 0 || lines.length || state !== 'error')
    throw new Error(`ran: exit code ${said.code}, state ${state}`);
  return said.err.includes(wanted) ? wanted : said.err.trim();
}

// "ok", or "refused" and the ids complained about; others lie beside it.
function lint(name, others) {
  const said = program('lint', ...[name, ...others].map(model));
  if (said.code === 0) {
    if (said.out.trim() === '') throw new Error('says nothing of what runs');
    return 'ok';
  }
  const ids = said.out.trimEnd().split('\n').map((l) => l.split(': ')[0]);
  return ['refused', ...new Set(ids)].join(' ');
}

// Drawn, listed, exported, and the export is the same model.
function whole(name) {
  const svg = program('draw', model(name));
  const once = program('export', model(name));
  if (svg.code || !svg.out.startsWith('<svg')) throw new Error('not drawn');
  if (program('list', model(name)).code) throw new Error('not listed');
  if (once.code) throw new Error('not exported');
}

let passed = 0, failed = 0;

function one(file, line, text, wanted) {
  const [verb, name, ...options] = words(text);
  let got;
  try {
    got = verb === 'lint' ? lint(name, options)
      : verb === 'fails' ? fails(name, options, wanted)
        : verb === 'ends' ? ends(name, options)
          : verb === 'says' ? says(name, options, wanted)
            : trace(name, options);
    if (verb === 'lint' && !wanted.startsWith('refused definitions'))
      whole(name);
  } catch (e) {
    got = `! ${e.message}`;
  }
  if (got === wanted) {
    passed++;
    return;
  }
  failed++;
  console.log(`${file}:${line}: ${text}\n  wanted ${wanted}\n  got    ${
    got.slice(0, 600)}`);
}

for (const file of fs.readdirSync(here).filter((f) => f.endsWith('.txt'))) {
  const lines = fs.readFileSync(path.join(here, file), 'utf8').split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (!/^(lint|trace|fails|ends|says) /.test(lines[i]) || !lines[i].includes(only)) continue;
    const wanted = [];
    let k = i + 1;
    while (/^ +\S/.test(lines[k] ?? '')) wanted.push(lines[k++].trim());
    one(file, i + 1, lines[i], wanted.join(' '));
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
