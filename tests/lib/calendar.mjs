// Working days for the tests' own clock, read from the same data file as the
// program but by other code: a line is a day, a tab, "off" or "work".
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const DAY = 86400000;
const ZONE = 8 * 3600000;
let days;

function load() {
  days = new Map();
  const file = path.join(root, 'data/calendar.tsv');
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    const m = /^(\d{4}-\d\d-\d\d)\t(off|work)/.exec(line);
    if (m) days.set(m[1], m[2]);
  }
}

export function isWorking(ms) {
  if (!days) load();
  const local = new Date(ms + ZONE);
  const mark = days.get(local.toISOString().slice(0, 10));
  if (mark) return mark === 'work';
  return local.getUTCDay() >= 1 && local.getUTCDay() <= 5;
}

// The same time of day n working days (or days, hours, minutes) later.
export function advance(ms, n, unit) {
  if (unit === 'hour') return ms + n * 3600000;
  if (unit === 'minute') return ms + n * 60000;
  if (unit === 'day') return ms + n * DAY;
  while (n > 0) {
    ms += DAY;
    if (isWorking(ms)) n--;
  }
  return ms;
}
