// Numbers of people and companies that are well formed and belong to nobody:
// births 1900-1909, organisation codes that begin with DEMA.

// GB 11643: 17 digits and a check character.
export function citizenId(n) {
  const month = 1 + n % 12, day = 1 + Math.floor(n / 12) % 28;
  const two = v => String(v).padStart(2, '0');
  const head = `341881190${3 + Math.floor(n / 336) % 6}${two(month)}${two(day)}` +
    String(100 + n % 800).padStart(3, '0');
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((s, w, i) => s + w * Number(head[i]), 0);
  return head + '10X98765432'[sum % 11];
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

// GB 32100 around a GB 11714 organisation code.
export function creditCode(n) {
  const body = `DEMA${String(n % 10000).padStart(4, '0')}`;
  const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const inner = [3, 7, 9, 10, 5, 8, 4, 2]
    .reduce((s, w, i) => s + w * letters.indexOf(body[i]), 0);
  const check = 11 - inner % 11;
  const head = `91341881${body}${check === 11 ? '0' : check === 10 ? 'X' : check}`;
  let sum = 0, weight = 1;
  for (const c of head) {
    sum += weight * ALPHABET.indexOf(c);
    weight = weight * 3 % 31;
  }
  return head + ALPHABET[(31 - sum % 31) % 31];
}

export const mobile = n => `139${String(n % 100000000).padStart(8, '0')}`;
