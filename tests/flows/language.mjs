// The language of .flow files: who asks for what, and what must come back.
//
//   # a comment
//   at 2026-11-23 09:00                  the clock at the beginning
//   as NAME  GET /path -> 200 "phrase" not "phrase"
//   as NAME  POST /path field=value field="two words" paper=@fixtures/a.pdf
//            -> 303 /cases/*
//   as NAME  GET /path json -> 200 json.state = "办结" json.n = 3
//   as NAME  POST /path {"note": "…"} -> 201 json.number
//   soon as NAME  GET /path -> 200 "黄牌"   tried again for a minute
//   set number = json.number             from the last answer; also
//   set number = location /cases/(.*)    header Location, text PATTERN
//   advance 5 working days               days, hours, minutes
//   restart                              the server stops and starts
//   play parts/submit.part               the lines of another file
//
// NAME is an account or "anyone".  $number stands for a value set before.  A
// line that begins with a space goes on from the line above.  After -> come a
// status, a Location (* matches anything), phrases the body must contain, and
// members of the JSON.  A line may end in a budget: -- at most 6 queries, 64 kB.
import fs from 'node:fs';
import path from 'node:path';

export class Mistake extends Error {}

// Words of a line: bare words, "quoted text", {…} and […] kept whole.
function words(text) {
  const found = [];
  let i = 0;
  const quoted = () => {
    let s = '';
    for (i++; i < text.length && text[i] !== '"'; i++) {
      if (text[i] === '\\') i++;
      s += text[i];
    }
    if (i++ >= text.length) throw new Mistake('a quote is not closed');
    return s;
  };
  const nested = () => {
    const from = i;
    let depth = 0, inside = false;
    for (; i < text.length; i++) {
      if (inside) {
        if (text[i] === '\\') i++;
        else if (text[i] === '"') inside = false;
        continue;
      }
      if (text[i] === '"') inside = true;
      if ('{['.includes(text[i])) depth++;
      if ('}]'.includes(text[i]) && --depth === 0) return text.slice(from, ++i);
    }
    throw new Mistake('a bracket is not closed');
  };
  while (i < text.length) {
    if (/\s/.test(text[i])) {
      i++;
    } else if (text[i] === '"') {
      found.push({ quoted: quoted() });
    } else if (text[i] === '{') {
      found.push({ json: nested() });
    } else {
      let s = '';
      while (i < text.length && !/\s/.test(text[i])) {
        if (text[i] === '"') s += quoted();
        else s += text[i++];
      }
      found.push({ word: s });
    }
  }
  return found;
}

// What must come back: everything after the arrow.
function expectations(list) {
  const wanted = { phrases: [], absent: [], members: [] };
  const first = list.shift();
  if (!/^[1-5]\d\d$/.test(first?.word ?? ''))
    throw new Mistake('after -> comes a status');
  wanted.status = Number(first.word);
  while (list.length) {
    const w = list.shift();
    if (w.quoted !== undefined) wanted.phrases.push(w.quoted);
    else if (w.word === 'not') wanted.absent.push(list.shift()?.quoted ?? '');
    else if (w.word?.startsWith('/')) wanted.location = w.word;
    else if (w.word?.startsWith('json.')) {
      const member = { where: w.word.slice(5) };
      if (list[0]?.word === '=') {
        list.shift();
        const v = list.shift();
        member.value = v?.quoted ?? v?.json ?? v?.word;
      }
      wanted.members.push(member);
    } else throw new Mistake(`what is "${w.word ?? w.json}"?`);
  }
  return wanted;
}

function request(text, line) {
  const step = { line, kind: 'request', text };
  const budget = /\s--\s+at most\s+(.*)$/.exec(text);
  if (budget) {
    text = text.slice(0, budget.index);
    const n = /(\d+) queries/.exec(budget[1]);
    const kb = /(\d+) kB/.exec(budget[1]);
    if (!n && !kb) throw new Mistake('a budget names queries or kB');
    if (n) step.queries = Number(n[1]);
    if (kb) step.bytes = Number(kb[1]) * 1024;
  }
  if (text.startsWith('soon ')) {
    step.soon = true;
    text = text.slice(5);
  }
  const all = words(text);
  const arrow = all.findIndex(w => w.word === '->');
  if (arrow < 0) throw new Mistake('there is no -> in this line');
  step.wanted = expectations(all.slice(arrow + 1));
  const [as, name, method, address, ...inputs] = all.slice(0, arrow);
  if (as.word !== 'as' || !name?.word || !/^(GET|POST)$/.test(method?.word) ||
      !/^[/$]/.test(address?.word ?? ''))
    throw new Mistake('a request is: as NAME METHOD /path');
  step.name = name.word;
  step.method = method.word;
  step.path = address.word;
  step.inputs = [];
  for (const w of inputs) {
    const at = w.word?.indexOf('=') ?? -1;
    if (w.json !== undefined) step.json = w.json;
    else if (w.word === 'json') step.asJson = true;
    else if (at > 0)
      step.inputs.push([w.word.slice(0, at), w.word.slice(at + 1)]);
    else throw new Mistake(`what is "${w.word ?? w.quoted}"?`);
  }
  return step;
}

function step(text, line) {
  let m;
  if (/^(soon )?as /.test(text)) return request(text, line);
  if ((m = /^at (\d{4}-\d\d-\d\d) (\d\d:\d\d)$/.exec(text)))
    return { line, kind: 'at', ms: Date.parse(`${m[1]}T${m[2]}:00+08:00`) };
  if ((m = /^set (\w+) = (json|location|text)[. ](.+)$/.exec(text)))
    return { line, kind: 'set', name: m[1], from: m[2], what: m[3] };
  if ((m = /^advance (\d+) (working days?|days?|hours?|minutes?)$/.exec(text)))
    return { line, kind: 'advance', n: Number(m[1]),
      unit: m[2].replace(/s$/, '') };
  if (text === 'restart') return { line, kind: 'restart' };
  throw new Mistake('this is no sentence of a flow');
}

// The steps of a file; parts are played in place.
export function read(file) {
  const steps = [];
  let line = 0, pending = '', pendingLine = 0;
  const flush = () => {
    if (!pending) return;
    const played = /^play (\S+)$/.exec(pending);
    try {
      if (played) steps.push(...read(path.join(path.dirname(file), played[1])));
      else steps.push({ ...step(pending, pendingLine), file });
    } catch (e) {
      if (!(e instanceof Mistake) || e.placed) throw e;
      const placed = new Mistake(`${file}:${pendingLine}: ${e.message}`);
      placed.placed = true;
      throw placed;
    }
    pending = '';
  };
  for (const raw of fs.readFileSync(file, 'utf8').split('\n')) {
    line++;
    const text = raw.replace(/(^|\s)#(\s.*|)$/, '').trimEnd();
    if (!text.trim()) continue;
    if (/^\s/.test(text) && pending) {
      pending += ` ${text.trim()}`;
      continue;
    }
    flush();
    pending = text;
    pendingLine = line;
  }
  flush();
  return steps;
}
