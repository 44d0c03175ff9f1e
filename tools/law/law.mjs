// law.mjs -- prints docs/law.md: every rule, its article, its code, its test.
//
//   node tools/law/law.mjs > docs/law.md
//
// It reads what is there anyway: citations in the code are written exactly as
// the statute names itself ("行政许可法 第四十二条第二款"), and tests are named
// after the sentence they prove.  A citation belongs to the function, constant
// or statement it stands in or above; a test belongs to a rule when it uses
// that name, or cites the article itself.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const N = '[零一二三四五六七八九十百]+';
const PLACE = `第${N}条(?:之${N})?(?:第${N}款)?(?:第(?:\\(${N}\\)|${N})项)?`;
const STATUTE = '(?:[\\u4e00-\\u9fff]{2,24}?(?:法|典|条例|规定|办法))';
const CITATION = new RegExp(
  `(${STATUTE})\\s?(${PLACE}(?:[、,，]\\s?${PLACE})*)`, 'g');

function files(dir, ending) {
  return fs.readdirSync(dir, { withFileTypes: true }).flatMap(e => {
    const name = path.join(dir, e.name);
    return e.isDirectory() ? files(name, ending)
      : ending.test(e.name) ? [name] : [];
  }).sort();
}

// What each line of a C file belongs to: a line inside a body to its function
// or table, a comment to what follows it, an enumerator to itself.
function owners(lines) {
  const owner = new Array(lines.length).fill('');
  let inside = '', waiting = [], comment = false;
  lines.forEach((line, i) => {
    const constant = /^\s+([A-Z][A-Z0-9_]+)\s*=/.exec(line);
    const head = /^(?!#|typedef|\}|\{| |\/)[\w ,*]*?\b(\w+)\s*(\(|\[)/
      .exec(line) ?? /^#define (\w+)/.exec(line) ??
      /^(?:enum|struct) (\w+) \{/.exec(line);
    if (head && !comment) {
      inside = head[1];
      for (const w of waiting) owner[w] = inside;
      waiting = [];
    }
    owner[i] = constant?.[1] ?? inside;
    if (/^\s*\/\*/.test(line) && !/^\s/.test(line)) {
      comment = true;
      inside = '';
    }
    if (comment || (!inside && !head && !constant)) waiting.push(i);
    if (/\*\//.test(line)) comment = false;
    if (/^\}/.test(line)) inside = '';
  });
  return owner;
}

// Statements and tables of a .sql file, by the line they begin on.
function sqlOwners(lines) {
  const owner = [];
  let name = '', waiting = [];
  lines.forEach((line, i) => {
    const m = /^-- (\w+) :/.exec(line) ?? /^CREATE \w+ (\w+)/.exec(line);
    if (m) {
      name = m[1];
      for (const w of waiting) owner[w] = name;
      waiting = [];
    } else if (/^--/.test(line)) waiting.push(i);
    owner[i] = name;
    if (line.trim() === '') waiting = [];
  });
  return owner;
}

const rules = []; // { statute, article, file, line, name }
const tests = []; // { file, name, body }

for (const file of files(path.join(root, 'src'), /\.(c|h|sql)$/)) {
  const short = path.relative(root, file);
  const lines = fs.readFileSync(file, 'utf8').split('\n');
  const owner = file.endsWith('.sql') ? sqlOwners(lines) : owners(lines);
  if (/_test\.c$/.test(file)) {
    const whole = lines.join('\n');
    for (const m of whole.matchAll(/^static void (\w+)\(void\)\n\{[\s\S]*?^\}/gm)) {
      const before = whole.slice(0, m.index);
      const comment = /\/\*(?:(?!\*\/)[\s\S])*\*\/\n$/.exec(before)?.[0] ?? '';
      tests.push({ file: short, name: m[1], body: comment + m[0] });
    }
    continue;
  }
  lines.forEach((line, i) => {
    for (const m of line.matchAll(CITATION))
      for (const place of m[2].split(/[、,，]\s?/))
        rules.push({ statute: clean(m[1]), article: place, file: short,
          line: i + 1, name: owner[i] });
  });
}

// "依照行政许可法" and "和行政许可法" are the same statute.
function clean(name) {
  return name.replace(/^(?:依照|根据|依据|按照|违反|和|与|及|见|条)+/, '');
}

function number(text) {
  const digit = '零一二三四五六七八九';
  let n = 0, d = 0;
  for (const c of /第([^条]+)条/.exec(text)[1]) {
    if (c === '百') n += (d || 1) * 100, d = 0;
    else if (c === '十') n += (d || 1) * 10, d = 0;
    else d = digit.indexOf(c);
  }
  return n + d;
}

function testsOf(rule) {
  // A name of one plain word says too little to be looked for.
  const word = /_/.test(rule.name) && new RegExp(`\\b${rule.name}\\b`);
  return tests.filter(t => (word && word.test(t.body)) ||
    t.body.includes(`${rule.statute} ${rule.article}`));
}

const cell = s => String(s ?? '').replace(/\|/g, '\\|');
const out = [fs.readFileSync(path.join(root, 'tools/law/head.md'), 'utf8')];
const statutes = [...new Set(rules.map(r => r.statute))]
  .sort((a, b) => a < b ? -1 : 1);
out.push('## Articles and code\n');
for (const statute of statutes) {
  out.push(`### ${statute}\n`, '| article | code | tests |', '|---|---|---|');
  const rows = new Map();
  for (const r of rules.filter(x => x.statute === statute)) {
    if (!rows.has(r.article)) rows.set(r.article, new Map());
    const code = rows.get(r.article);
    const key = `${r.name || '(file)'} · ${r.file}`;
    if (!code.has(key)) code.set(key, r);
  }
  const sorted = [...rows].sort((a, b) => number(a[0]) - number(b[0]) ||
    (a[0] < b[0] ? -1 : 1));
  for (const [article, code] of sorted) {
    const proofs = [...new Set([...code.values()].flatMap(testsOf)
      .map(t => t.name))];
    out.push(`| ${article} | ${[...code.keys()]
      .map(k => cell(k.replace(/^(\S+) · (.*)$/, '`$1` $2'))).join('<br>')} | ${
      proofs.slice(0, 6).map(p => `\`${p}\``).join('<br>')} |`);
  }
  out.push('');
}

const clocks = path.join(root, 'data/clock-rules.json');
if (fs.existsSync(clocks)) {
  const UNIT = { wd: '个工作日', nd: '日', month: '个月', year: '年', h: '小时' };
  out.push('## Statutory clocks\n',
    'Data, `data/clock-rules.json`: a new clock is a line there.\n',
    '| clock | article | limit | extension | may stop for | silence |',
    '|---|---|---|---|---|---|');
  for (const c of JSON.parse(fs.readFileSync(clocks, 'utf8')))
    out.push(`| ${cell(c.name)} | ${cell(c.law)} ${cell(c.article)} | ${c.n} ${
      UNIT[c.unit] ?? c.unit} | ${c.extension ? `${c.extension}，${
      c.approver}` : ''} | ${(c.stop ?? []).join('、')} | ${
      cell(c.on_expiry || '')} |`);
}
process.stdout.write(`${out.join('\n').trimEnd()}\n`);
