// Many people at once against a server under the race detector, on each
// database: applications, verbs, ratings, readers of the board and watchers of
// its live stream.  A race ends the server with a report, and the test with it.
//
//   node tests/race/load.mjs [--server build/tsan/zhengtong] [--seconds 15]
import { Hall } from '../lib/hall.mjs';
import { Journey, Lost } from '../lib/journey.mjs';
import { Place, databases, options, sleep } from '../lib/place.mjs';

const given = options();
const seconds = Number(given.seconds ?? 15);
let passed = 0, failed = 0;

async function watch(place, over) {
  const stop = new AbortController();
  const timer = setInterval(() => over() && stop.abort(), 50);
  try {
    const r = await fetch(`${place.base}${Hall.LIVE}`,
      { signal: stop.signal, headers: { accept: 'text/event-stream' } });
    for await (const chunk of r.body) void chunk;
  } catch {
    // ended by us, or by the server's end
  }
  clearInterval(timer);
}

async function crowd(kind) {
  const place = await new Place({ server: given.server, kind }).start();
  const hall = new Hall(place);
  const until = Date.now() + seconds * 1000;
  const over = () => Date.now() > until;
  let n = 0, done = 0, read = 0;
  const apply = async slot => {
    while (!over()) {
      const journey = new Journey(hall, ++n, hall.resident(slot));
      try {
        while (!over() && await journey.next()) done++;
      } catch (e) {
        if (!(e instanceof Lost)) throw e;
        await sleep(50);
      }
    }
  };
  const readers = async () => {
    while (!over()) {
      const r = await hall.board();
      if (r.status === 200) read++;
      else await sleep(20);
    }
  };
  try {
    await Promise.all([...[1, 2, 3, 4, 5, 6].map(apply),
      readers(), readers(), readers(), watch(place, over), watch(place, over)]);
    await place.stop();
    if (done < 20 || read < 20)
      throw new Error(`only ${done} steps and ${read} pages`);
    passed++;
    console.log(`ok  ${kind}: ${done} steps, ${read} pages`);
  } catch (e) {
    failed++;
    const said = place.tail(100000).split('\n')
      .filter(l => !/ (GET|POST) .* \d+us /.test(l));
    console.log(`BAD ${kind}: ${e.message.split('\n')[0]}\n` +
      said.slice(0, 150).join('\n'));
    await place.kill().catch(() => {});
  }
  place.remove();
}

for (const kind of databases()) await crowd(kind);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed || !passed ? 1 : 0);
