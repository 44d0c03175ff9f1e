// The power goes while people work: nothing that was acknowledged may be lost,
// nothing may be there twice, and nobody may have to help.
//
//   node tests/crash/run.mjs [--server build/zhengtong] [--rounds 50] [--seed N]
//
// kills       SIGKILL at a random moment under concurrent load, 50 times on
//             SQLite and 10 on PostgreSQL; each time the server starts again
//             by itself and the same people go on
// full disk   a small file system fills up; people read that it could not be
//             saved; when there is space again the server goes on
// database    PostgreSQL goes and comes back under load
//
// After each, the ledger of what was acknowledged is compared with what the
// platform shows, the audit chain is verified, and every invariant is checked.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { Hall } from '../lib/hall.mjs';
import { Journey, Lost, Refused } from '../lib/journey.mjs';
import { MatterJourney } from '../lib/matter-journey.mjs';
import { Place, databases, options, sleep, temporary } from
  '../lib/place.mjs';

const given = options();
const CLIENTS = 8;
const ROUNDS = Number(given.rounds ?? (process.env.NIGHTLY ? 500 : 50));
let passed = 0, failed = 0;

function judge(ok, what, more = '') {
  if (ok) passed++;
  else {
    failed++;
    console.log(`BAD ${what}${more ? `\n    ${more}` : ''}`);
  }
}

// Numbers of a linear congruence: the same seed, the same moments.
let seed = Number(given.seed ?? Date.now() % 1e9);
function dice() {
  seed = (seed * 1103515245 + 12345) % 2147483648;
  return seed / 2147483648;
}

class Crowd {
  constructor(place) {
    this.place = place;
    this.journeys = [];
    this.started = 0;
    this.turns = [];
    this.lost = 0;
    this.hall = new Hall(place);
  }

  // The next matter of a client: after ten, somebody else sits down, so that
  // nobody's list of cases grows beyond its first page.
  journey(slot) {
    const turn = Math.floor((this.turns[slot] ??= 0) / 10);
    this.turns[slot]++;
    // Every fourth client is an officer with matters of his own.
    if (slot % 4 === 3) return new MatterJourney(this.hall, ++this.started);
    return new Journey(this.hall, ++this.started,
      this.hall.resident(1 + slot + CLIENTS * turn));
  }

  // Every client walks its journey until `over()`; answers that are lost or
  // say "busy" are counted and asked for again after a pause.
  work(over, pause = 20) {
    const walk = async slot => {
      while (!over()) {
        this.journeys[slot] ??= this.journey(slot);
        const journey = this.journeys[slot];
        try {
          if (!await journey.next()) {
            (this.finished ??= []).push(journey);
            this.journeys[slot] = undefined;
          }
        } catch (e) {
          if (!(e instanceof Lost)) throw e;
          this.lost++;
          await sleep(pause);
        }
      }
    };
    const all = Promise.all(Array.from({ length: CLIENTS }, (_, i) => walk(i)));
    all.catch(() => {}); // told to whoever awaits it, later
    return all;
  }

  all() {
    return [...this.finished ?? [], ...this.journeys.filter(Boolean)];
  }

  acknowledged() {
    return this.all().reduce((n, j) => n + j.acknowledged, 0);
  }

  // Whoever got no answer asks once more, as they would when all is well again.
  async settle() {
    for (const journey of this.journeys.filter(j => j?.doubt))
      await journey.next();
  }

  // Of all matters, with nothing left in doubt; or of those of `list` as they
  // stand, one of each person.
  async check(name, list) {
    if (!list) await this.settle();
    list ??= this.all();
    const bad = [];
    for (const j of list) bad.push(...await j.check());
    judge(bad.length === 0, `${name}: what was acknowledged is there once`,
      bad.slice(0, 10).join('\n    '));
  }
}

// The commands an operator would run afterwards.
function prove(place, name) {
  for (const words of [['audit', 'verify'], ['check']]) {
    const r = place.run(...words);
    judge(r.ok, `${name}: zhengtong ${words.join(' ')}`,
      r.text.split('\n').slice(-12).join('\n    '));
  }
}

async function kills(kind, rounds, least) {
  const name = `${rounds} kills on ${kind}`;
  const place = await new Place({ server: given.server, kind }).start();
  const crowd = new Crowd(place);
  try {
    for (let round = 1; round <= rounds; round++) {
      let over = false;
      const work = crowd.work(() => over);
      await Promise.race([work, sleep(least + dice() * 600)]);
      await place.kill();
      over = true;
      await work;
      await place.start();
      // Those whose answer was lost ask again; the rest is compared at once.
      await crowd.check(`${name}, after round ${round}`,
        crowd.journeys.filter(Boolean));
      if (round % 10 === 0) prove(place, `${name}, after round ${round}`);
    }
    await place.stop();
    prove(place, name);
    await place.start();
    await crowd.check(name);
    await place.stop();
    judge(crowd.lost >= rounds / 2 && crowd.acknowledged() >= rounds * 5,
      `${name}: ${crowd.acknowledged()} acknowledged, ${crowd.lost} lost`);
    console.log(`${name}: ${crowd.acknowledged()} acknowledged, ` +
      `${crowd.lost} answers lost, ${crowd.finished?.length ?? 0} matters ended`);
  } catch (e) {
    throw Object.assign(e, { log: place.tail(20) });
  } finally {
    await place.kill().catch(() => {});
    place.remove();
  }
}

// A file system of 96 MB in memory; needs the right to mount.
async function fullDisk() {
  const disk = temporary('disk');
  const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=96m', 'tmpfs',
    disk], { encoding: 'utf8' });
  if (mount.status !== 0) {
    console.log(`skipped: full disk, mount: ${mount.stderr.trim()}`);
    return;
  }
  const ballast = path.join(disk, 'ballast');
  const place = new Place({ server: given.server,
    data: path.join(disk, 'data') });
  try {
    await place.start();
    const crowd = new Crowd(place);
    let over = false;
    const work = crowd.work(() => over, 100);
    await sleep(1500);
    const before = crowd.acknowledged();
    // What the server gives back, by starting its log anew, is taken too.
    for (let i = 0; i < 10; i++) {
      spawnSync('dd', ['if=/dev/zero', `of=${ballast}`, 'bs=64k',
        'oflag=append', 'conv=notrunc']);
      await sleep(250);
    }
    const shut = crowd.lost;
    judge(shut > 0, 'full disk: people are told to try again');
    const r = await crowd.hall.board();
    judge(r.status === 200, `full disk: reading goes on (${r.status})`);
    const during = crowd.acknowledged();
    fs.rmSync(ballast);
    await sleep(2500);
    over = true;
    await work;
    judge(crowd.acknowledged() > during && before > 0,
      'full disk: when there is space again the work goes on by itself',
      `${before} before, ${during} during, ${crowd.acknowledged()} at the end`);
    await crowd.check('full disk');
    await place.stop();
    prove(place, 'full disk');
  } catch (e) {
    throw Object.assign(e, { log: place.tail(20) });
  } finally {
    await place.kill().catch(() => {});
    spawnSync('umount', ['-l', disk]);
    place.remove();
  }
}

async function databaseGone() {
  if (!process.env.ZT_TEST_PG_CTL) return;
  const ctl = word => spawnSync(process.env.ZT_TEST_PG_CTL, [word],
    { stdio: 'ignore' });
  const place = await new Place({ server: given.server, kind: 'postgres' })
    .start();
  const crowd = new Crowd(place);
  try {
    for (let round = 1; round <= 3; round++) {
      let over = false;
      const work = crowd.work(() => over, 100);
      await sleep(1500);
      ctl('kill');
      await sleep(1500);
      const lost = crowd.lost;
      const r = await crowd.hall.board();
      judge(lost > 0 && r.status === 503,
        `database gone: people are told to try again (${r.status})`);
      ctl('start');
      const before = crowd.acknowledged();
      await sleep(4000);
      over = true;
      await work;
      judge(crowd.acknowledged() > before,
        'database back: the work goes on by itself');
      await crowd.check(`database gone, round ${round}`);
    }
    await place.stop();
    prove(place, 'database gone');
  } catch (e) {
    throw Object.assign(e, { log: place.tail(20) });
  } finally {
    await place.kill().catch(() => {});
    place.remove();
  }
}

const parts = {
  sqlite: () => kills('sqlite', ROUNDS, 150),
  disk: fullDisk,
  postgres: () => databases().includes('postgres') &&
    kills('postgres', Math.max(10, ROUNDS / 5), 800),
  database: databaseGone,
};
console.log(`seed ${seed}`);
for (const [name, part] of Object.entries(parts)) {
  if (given._.length && !given._.includes(name)) continue;
  try {
    await part();
  } catch (e) {
    failed++;
    console.log(`BAD ${name}: ${e instanceof Refused ? e.message : e.stack}` +
      `\n${e.log ?? ''}`);
  }
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
