/** What weakens a password, or makes it awkward. `control` is the only one that rules it out. */
export type PasswordFlaw =
  /** Holds a line break or another control character, which a line of configuration cannot carry. */
  | 'control'
  | 'short'
  /** One and the same character or piece again and again. */
  | 'repeats'
  /** Neighbours in the alphabet, in counting or on the keyboard. */
  | 'sequence'
  /** A word that stands in every list of passwords. */
  | 'common'
  /** The name of the cluster, a server, an address or a user. */
  | 'ownWords'
  /** Letters alone, or digits alone. */
  | 'fewKinds'
  /** A blank at an end, easily lost when it is copied. */
  | 'blankEnds'
  /** A comma ends the password in connection strings of StackExchange.Redis, and so in OutSystems. */
  | 'comma'
  /** Beyond ASCII: programs may send it in another encoding. */
  | 'notAscii';

/** How hard a password is to guess. Redis answers attempts as fast as the network brings them and locks nobody out, so little is not enough. */
export interface PasswordStrength {
  readonly level: 'unusable' | 'weak' | 'fair' | 'strong';
  /** An estimate from below of the work to guess it, in bits. */
  readonly bits: number;
  readonly flaws: readonly PasswordFlaw[];
}

const FAIR_BITS = 56;
const STRONG_BITS = 80;
const SHORT = 16;
/** What a guesser pays for a word of a list, a repetition or a sequence, in bits. */
const WORD_BITS = 10;
const RUN_BITS = 4;

const COMMON = [
  'password', 'passwort', 'senha', 'palavra', 'secret', 'segredo', 'admin', 'root', 'redis', 'valkey', 'triad', 'cluster', 'session',
  'sessions', 'outsystems', 'qwerty', 'azerty', 'letmein', 'welcome', 'changeme', 'default', 'test', 'login', 'master', 'server', 'portugal',
  'lisboa', 'benfica', 'sporting', 'porto', 'summer', 'winter', 'verao', 'inverno',
]; // prettier-ignore
const ROWS = ['abcdefghijklmnopqrstuvwxyz', '01234567890', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'azertyuiop'];

/** Judges a password; `ownWords` are names that a guesser would try first. Pure, and says the same for the same input. */
export function judgePassword(password: string, ownWords: readonly string[] = []): PasswordStrength {
  const flaws = new Set<PasswordFlaw>();
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001f\u007f\u0085\u2028\u2029]/u.test(password)) flaws.add('control');
  if (password.trim() !== password) flaws.add('blankEnds');
  if (password.includes(',')) flaws.add('comma');
  if (/[^\u0000-\u007f]/u.test(password)) flaws.add('notAscii'); // oxlint-disable-line no-control-regex -- the whole of ASCII
  if (/^(?:\p{L}*|\d*)$/u.test(password)) flaws.add('fewKinds');
  if (password.length < SHORT) flaws.add('short');

  let bits = 0;
  let rest = password.toLowerCase();
  const take = (flaw: PasswordFlaw, words: readonly string[], price: number): void => {
    for (const word of words.toSorted((one, other) => other.length - one.length)) {
      while (word.length >= 4 && rest.includes(word)) {
        // The mark keeps what stood before from joining what stood behind it.
        rest = rest.replace(word, '\n');
        bits += price;
        flaws.add(flaw);
      }
    }
  };
  take(
    'ownWords',
    ownWords.map((word) => word.trim().toLowerCase()),
    RUN_BITS,
  );
  take('common', [...COMMON, ...COMMON.map(disguised)], WORD_BITS);
  rest = rest.replaceAll(/(.+?)\1{2,}/gu, (_whole, piece: string) => {
    flaws.add('repeats');
    bits += RUN_BITS;
    return piece;
  });
  const runs = sequencesIn(rest);
  for (const run of runs) {
    rest = rest.replace(run, '\n');
    bits += RUN_BITS + Math.log2(run.length);
    flaws.add('sequence');
  }
  bits += rest.replaceAll('\n', '').length * Math.log2(alphabetOf(password));
  const level = flaws.has('control') ? 'unusable' : bits < FAIR_BITS ? 'weak' : bits < STRONG_BITS ? 'fair' : 'strong';
  return { level, bits: Math.floor(bits), flaws: [...flaws] };
}

/** The usual disguise of a word: `passw0rd`. */
function disguised(word: string): string {
  return word.replaceAll('o', '0').replaceAll('a', '@').replaceAll('i', '1').replaceAll('e', '3');
}

/** Pieces of four characters and more that run along a row, either way. */
function sequencesIn(text: string): readonly string[] {
  const found: string[] = [];
  let start = 0;
  for (let end = 1; end <= text.length; end += 1) {
    const piece = text.slice(start, end + 1);
    if (end < text.length && isAlongRow(piece)) continue;
    if (end - start >= 4) found.push(text.slice(start, end));
    start = end - start >= 2 && end < text.length && isAlongRow(text.slice(end - 1, end + 1)) ? end - 1 : end;
  }
  return found;
}

function isAlongRow(piece: string): boolean {
  const back = piece.split('').toReversed().join('');
  return ROWS.some((row) => row.includes(piece) || row.includes(back));
}

/** Of how many characters each one was chosen, by the kinds that occur. */
function alphabetOf(password: string): number {
  const kinds: readonly (readonly [RegExp, number])[] = [
    [/[a-z]/u, 26],
    [/[A-Z]/u, 26],
    [/\d/u, 10],
    [/[^A-Za-z0-9]/u, 24],
  ];
  return Math.max(
    2,
    kinds.reduce((sum, [pattern, size]) => (pattern.test(password) ? sum + size : sum), 0),
  );
}
