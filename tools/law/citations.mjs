// citations.mjs -- do the articles exist that the data cite?
//
//   node tools/law/citations.mjs [LAWS]     LAWS: ../shared/data/laws
//
// Reads service-items.csv (law and article, and the citations in its words),
// the schedule of fees and the themes, and looks every article up in the texts
// of LAWS (NAME.md, articles.jsonl, demo-basis-articles.jsonl).  A law without
// text is counted and not judged.  Beside that the article exists:
//   - the version cited is the text's own;
//   - an article cited for a limit names that number of days (当场: one);
//   - an article cited for a fee speaks of 费.
// Ends with "N passed, N failed"; a folder that is not there is said and passed
// over, for the platform ships no law texts.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const laws = path.resolve(root, process.argv[2] ?? '../shared/data/laws');
const N = '[零一二三四五六七八九十百]+';
const DIGITS = '零一二三四五六七八九';

// 一百零五 -> 105, 35 -> 35
function number(text) {
  if (/^\d+$/.test(text)) return Number(text);
  let all = 0, one = 0;
  for (const c of text)
    if (c === '百') { all += (one || 1) * 100; one = 0; }
    else if (c === '十') { all += (one || 1) * 10; one = 0; }
    else one = DIGITS.indexOf(c);
  return all + one;
}

// 35 -> 三十五, as a statute writes it
function words(n) {
  const tens = Math.floor(n / 10), ones = n % 10;
  return (tens > 1 ? DIGITS[tens] : '') + (tens ? '十' : '') +
    (ones ? DIGITS[ones] : '');
}

// law -> { version, whole, articles: number -> text }
function readLaws() {
  const all = new Map();
  const of = name => {
    if (!all.has(name)) all.set(name, { articles: new Map() });
    return all.get(name);
  };
  for (const file of fs.readdirSync(laws).filter(f => f.endsWith('.md'))) {
    const law = of(file.slice(0, -3));
    law.whole = true;
    let at;
    for (const line of fs.readFileSync(path.join(laws, file), 'utf8')
      .split('\n')) {
      const head = line.match(new RegExp(`^第(${N})条(之${N})?[\\s　]`));
      if (head) at = number(head[1]) + (head[2] ? `-${number(head[2].slice(1))}` : '');
      if (/^#/.test(line)) at = undefined;
      else if (at) law.articles.set(`${at}`,
        (law.articles.get(`${at}`) ?? '') + line);
    }
  }
  const lines = name => fs.existsSync(path.join(laws, name))
    ? fs.readFileSync(path.join(laws, name), 'utf8').split('\n')
      .filter(Boolean).map(l => JSON.parse(l)) : [];
  for (const a of lines('articles.jsonl')) {
    of(a.law).whole = true;
    of(a.law).articles.set(`${a.article}`, a.paragraphs.join(''));
  }
  for (const a of lines('demo-basis-articles.jsonl')) {
    of(a.law).version = a.version;
    of(a.law).articles.set(`${a.article}`, [a.text].flat().join(''));
  }
  const index = path.join(laws, 'index.json');
  if (fs.existsSync(index))
    for (const l of JSON.parse(fs.readFileSync(index, 'utf8')))
      of(l.name).version ??= l.version;
  return all;
}

function csv(name) {
  const rows = fs.readFileSync(path.join(root, name), 'utf8').trim()
    .split('\n').map(line => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)]
      .map(m => m[1].replace(/^"|"$/g, '').replaceAll('""', '"')));
  const [head] = rows.splice(0, 1);
  return rows.map(r => Object.fromEntries(head.map((h, i) => [h, r[i] ?? ''])));
}

// "居民身份证法 第21条" in a sentence -> [{ law, article }]; what follows with
// 、 is of the same law.
function cited(text) {
  const found = [];
  const place = `第?(\\d+|${N})条(?:第${N}款)?(?:第[（(]?${N}[）)]?项)?`;
  const law = /《?([一-鿿]+?(?:法|典|条例|办法|规定|细则))》?\s?/u;
  const all = new RegExp(`${law.source}(${place}(?:[、,，]\\s?${place})*)`, 'gu');
  for (const m of text.matchAll(all))
    for (const p of m[2].matchAll(new RegExp(place, 'g')))
      found.push({ law: m[1], article: `${number(p[1])}` });
  return found;
}

let passed = 0, failed = 0, unread = new Set();
function judge(ok, where, what) {
  if (ok) passed++;
  else {
    failed++;
    console.log(`BAD ${where}: ${what}`);
  }
}

// The text of an article, or undefined; judged when the law is here.
function look(texts, where, law, article) {
  const name = law.replace(/^中华人民共和国/, '');
  const text = texts.get(name)?.articles.get(article);
  if (text === undefined && !texts.get(name)?.whole) {
    unread.add(`${name} 第${article}条`);
    return undefined;
  }
  judge(text !== undefined, where, `${name} has no 第${article}条`);
  return text;
}

function judgeLimit(where, row, text) {
  const n = Number(row.statutory_days);
  const day = row.unit === 'wd' ? '(?:个工作)?日' : '[日天]';
  const said = [words(n), `${n}`];
  if (n === 1 && /当场/.test(text)) return void passed++;
  if (n % 30 === 0) said.push(`${words(n / 30)}个月`);
  const ok = said.some(s => new RegExp(
    s.endsWith('月') ? s : `(?<![十百零一二三四五六七八九\\d])${s}\\s?${day}`).test(text));
  judge(ok, where, `the article does not name ${n} days (${row.unit})`);
}

function judgeItem(texts, row) {
  const where = row.code;
  look(texts, where, row.law, row.article);
  const version = texts.get(row.law)?.version;
  if (version)
    judge(version === row.law_version, where,
      `${row.law} is cited as of ${row.law_version}, the text is ${version}`);
  for (const c of cited(row.days_basis)) {
    const text = look(texts, where, c.law, c.article);
    if (text !== undefined && !/not checked|通用期限/.test(row.days_basis))
      judgeLimit(where, row, text);
  }
  for (const c of cited(row.fee)) {
    const text = look(texts, where, c.law, c.article);
    if (text !== undefined)
      judge(/费/.test(text), where, `${c.law} 第${c.article}条 names no fee`);
  }
}

function judgeText(texts, name) {
  const text = fs.readFileSync(path.join(root, name), 'utf8');
  for (const c of cited(text)) look(texts, name, c.law, c.article);
}

if (!fs.existsSync(laws)) {
  console.log(`skipped: no ${laws}`);
  console.log('0 passed, 0 failed');
  process.exit(0);
}
const texts = readLaws();
for (const row of csv('data/demo/service-items.csv')) judgeItem(texts, row);
for (const name of ['data/fees/schedule.json', 'data/fees/schedule.dmn'])
  judgeText(texts, name);
for (const theme of fs.readdirSync(path.join(root, 'data/themes'), { recursive: true }))
  if (/\.(json|dmn)$/.test(theme)) judgeText(texts, `data/themes/${theme}`);
if (unread.size)
  console.log(`${unread.size} articles of laws without text, not judged: ` +
    [...unread].sort().join('、'));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
