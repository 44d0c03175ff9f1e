// Does every block of docs/tour.md stand in the file it names?  Prints each that
// does not; the last line counts them.
import { readFileSync } from 'node:fs';

const tour = readFileSync('docs/tour.md', 'utf8');
const block = /File: `([^`]+)`\n```[a-z]*\n([\s\S]*?)\n```/g;
let passed = 0, failed = 0;
for (const [, path, text] of tour.matchAll(block)) {
  if (readFileSync(path, 'utf8').includes(text)) {
    passed++;
  } else {
    failed++;
    console.log(`docs/tour.md: not in ${path}:\n${text}\n`);
  }
}
if (passed + failed < 10) {
  failed++;
  console.log('docs/tour.md: fewer than ten blocks of code');
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
