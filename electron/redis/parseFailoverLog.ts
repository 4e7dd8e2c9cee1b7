import { momentOf, wordsOfLine } from '../shared/domain/redisLog.ts';

/** What a line of a node's log tells of a failover. */
export type LogWord =
  | 'suspected'
  | 'failMarked'
  | 'failReceived'
  | 'failCleared'
  | 'electionDelayed'
  | 'electionStarted'
  | 'electionWon'
  | 'epochSet'
  | 'voted'
  | 'reconfigured'
  | 'stateOk'
  | 'stateFail'
  | 'linkLost'
  | 'synced'
  | 'manualAccepted'
  | 'manualRequested'
  | 'ending'
  | 'started'
  | 'ready';

/** One line in the form of a log. Lines in another form (banners, crash reports) are none. */
export interface LogLine {
  /** When it was written, on the server's clock, Unix milliseconds. */
  readonly onServerMs: number;
  /** Null for what says nothing of a failover. */
  readonly what: LogWord | null;
  /** The first Redis node id in it that follows what is said; null where there is none. */
  readonly about: string | null;
  /** On one line, without the secret and control characters, and cut where it is long. */
  readonly text: string;
}

const LINE_LENGTH = 300;
const ID = '([0-9a-f]{40})';

/**
 * How the messages of Redis 7.0 to 8.x and Valkey 8 and 9 begin: since 7.2 a name in brackets follows each id, Valkey says "primary", and the level of each is another one in
 * nearly every version. Own names of nodes may hold anything, hence the ends that are left open.
 */
const WORDS: readonly (readonly [LogWord, RegExp])[] = [
  ['suspected', new RegExp(`^(?:\\*\\*\\* )?NODE ${ID} .*possibly failing`, 'iu')],
  ['failMarked', new RegExp(`^Marking node ${ID} .*as failing \\(quorum reached\\)`, 'u')],
  ['failReceived', new RegExp(`^FAIL message received from .* about ${ID}`, 'u')],
  ['failCleared', new RegExp(`^Clear FAIL state for node ${ID}`, 'u')],
  ['electionDelayed', /^Start of election delayed for \d+ milliseconds/u],
  ['electionStarted', /^Starting a failover election for epoch \d+/u],
  ['electionWon', /^Failover election won: I'm the new (?:master|primary)/u],
  ['epochSet', /^configEpoch set to \d+ after successful failover/u],
  ['voted', new RegExp(`^Failover auth granted to ${ID}`, 'u')],
  ['reconfigured', /^Configuration change detected\. Reconfiguring myself as a replica of/u],
  ['stateOk', /^Cluster state changed: ok/u],
  ['stateFail', /^Cluster state changed: fail/u],
  ['linkLost', /^Connection with (?:master|primary) lost/iu],
  ['synced', /^(?:MASTER|PRIMARY) <-> REPLICA sync: (?:Finished with success|Master accepted a Partial|Primary accepted a Partial)/u],
  ['synced', /^Successful partial resynchronization with (?:master|primary)/u],
  ['manualAccepted', /^Manual failover user request accepted/u],
  ['manualRequested', new RegExp(`^Manual failover requested by replica ${ID}`, 'u')],
  ['ending', /^(?:User requested shutdown|Received SIG(?:TERM|INT) scheduling shutdown)/u],
  ['started', /^oO0OoO0OoO0Oo [A-Z][a-z]+ is starting/u],
  ['ready', /^Ready to accept connections/u],
];

/**
 * Reads a log, or its end: the first line may be cut, and then is none. The `secret` is taken out of every line before that is cut, so that no half of it stays; what a line
 * tells and when is read before that, because a secret may be a word of it.
 */
export function parseFailoverLog(text: string, zoneMinutes: number, secret: string | null = null): readonly LogLine[] {
  return text.split(/\r?\n/u).flatMap((line): readonly LogLine[] => {
    const onServerMs = momentOf(line, zoneMinutes);
    if (onServerMs === null) return [];
    const shown = withoutSecret(line, secret)
      .replaceAll(/\p{Cc}/gu, ' ')
      .slice(0, LINE_LENGTH);
    return [{ onServerMs, ...wordIn(wordsOfLine(line)), text: shown }];
  });
}

/** Redis logs no password by itself; a client may make it do so. */
function withoutSecret(line: string, secret: string | null): string {
  return secret === null || secret === '' ? line : line.replaceAll(secret, '***');
}

function wordIn(said: string): Pick<LogLine, 'what' | 'about'> {
  for (const [what, pattern] of WORDS) {
    const found = pattern.exec(said);
    if (found !== null) return { what, about: found[1] ?? null };
  }
  return { what: null, about: null };
}
