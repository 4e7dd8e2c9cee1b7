import { UnreadableReplyError } from './parseClusterNodes.ts';

/** The `name:value` lines of INFO and CLUSTER INFO. Names are unique over all sections. */
export type InfoFields = ReadonlyMap<string, string>;

/** Reads an answer to INFO or CLUSTER INFO; section titles (`# Server`) and lines without a colon are left out. */
export function parseInfo(reply: string): InfoFields {
  const fields = new Map<string, string>();
  for (const line of reply.split('\n')) {
    const text = line.trimEnd();
    const colon = text.indexOf(':');
    if (colon > 0 && !text.startsWith('#')) fields.set(text.slice(0, colon), text.slice(colon + 1));
  }
  return fields;
}

/** A numeric field; `absent` when the field is missing (versions differ). Throws {@link UnreadableReplyError} when it is no number. */
export function numberField(fields: InfoFields, name: string, absent: number): number {
  const text = fields.get(name);
  if (text === undefined) return absent;
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) throw new UnreadableReplyError('INFO', `${name}:${text}`);
  return value;
}

/** The `a=1,b=2` form inside a field, such as `slave0` and `db0`. */
export function parsePairs(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(',').flatMap((pair) => {
      const equals = pair.indexOf('=');
      return equals < 1 ? [] : [[pair.slice(0, equals), pair.slice(equals + 1)] as const];
    }),
  );
}

/** A replica as its master lists it in INFO replication. */
export interface ListedReplica {
  readonly address: string;
  readonly dataPort: number;
  readonly isOnline: boolean;
  readonly offset: number;
}

/** The replicas that a master lists (`slave0`, `slave1`, ...; Valkey may say `replica0`). */
export function listedReplicas(fields: InfoFields): readonly ListedReplica[] {
  return [...fields].flatMap(([name, text]) => {
    if (!/^(?:slave|replica)\d+$/u.test(name)) return [];
    const pairs = parsePairs(text);
    return [
      {
        address: pairs.get('ip') ?? '',
        dataPort: Number(pairs.get('port') ?? 0),
        isOnline: pairs.get('state') === 'online',
        offset: Number(pairs.get('offset') ?? 0),
      },
    ];
  });
}

/** Keys in all databases, from the `db0:keys=3,...` lines of INFO keyspace. */
export function countKeys(fields: InfoFields): number {
  let keys = 0;
  for (const [name, text] of fields) if (/^db\d+$/u.test(name)) keys += Number(parsePairs(text).get('keys') ?? 0);
  return keys;
}
