import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { fail } from '../shared/domain/failure.ts';
import type { Message } from '../shared/domain/message.ts';
import { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { isMessageCode, message, say } from '../shared/messages/message.ts';
import { reasonOf } from './versionedFile.ts';

/** One thing that is wrong in a specification: where (`servers[1].address`), what stands there, and what it should be. */
export interface SpecIssue {
  readonly path: string;
  /** The value as it stands in the file, shortened; empty when it is missing. */
  readonly value: string;
  readonly message: Message;
}

/** A specification as read from a file, with file paths in it made absolute against the file's folder. */
export type SpecReading =
  | { readonly ok: true; readonly spec: ClusterSpec; readonly sha256: string }
  /** `cluster`: the name as it seems to stand there, for those who must be told which cluster it was; null where there is none. */
  | { readonly ok: false; readonly issues: readonly SpecIssue[]; readonly cluster: string | null };

const LONGEST_SHOWN_VALUE = 80;

function formatPath(path: readonly PropertyKey[]): string {
  let text = '';
  for (const key of path) text += typeof key === 'number' ? `[${key}]` : text === '' ? String(key) : `.${String(key)}`;
  return text === '' ? say(message('spec.wholeFile')) : text;
}

function valueAt(root: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function showValue(value: unknown): string {
  if (value === undefined) return '';
  const text = JSON.stringify(value) ?? '';
  return text.length > LONGEST_SHOWN_VALUE ? `${text.slice(0, LONGEST_SHOWN_VALUE - 1)}…` : text;
}

/** A type of the schema in words; one without words as the schema calls it. */
function typeName(type: string): string {
  const code = `spec.type.${type}`;
  return isMessageCode(code) ? say({ code, values: {} }) : type;
}

/** The settings known at a place of the schema, for the message about one that is not. */
function knownKeysAt(path: readonly PropertyKey[]): string {
  let schema: unknown = z.toJSONSchema(ClusterSpec, { io: 'input', unrepresentable: 'any' });
  for (const key of path) schema = valueAt(schema, typeof key === 'number' ? ['items'] : ['properties', key]);
  const properties = valueAt(schema, ['properties']);
  return typeof properties === 'object' && properties !== null ? Object.keys(properties).join(', ') : '';
}

function messageOf(issue: z.core.$ZodIssue, value: unknown): Message {
  if (isMessageCode(issue.message)) {
    const given = issue.code === 'custom' ? (issue.params ?? {}) : {};
    const values = Object.entries(given).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    return { code: issue.message, values: Object.fromEntries(values) };
  }
  if (issue.code === 'unrecognized_keys') return message('spec.unknownKey', { known: knownKeysAt(issue.path) });
  if (issue.code === 'invalid_value') return message('spec.notOneOf', { options: issue.values.join(', ') });
  const expected = issue.code === 'invalid_type' ? typeName(issue.expected) : issue.message;
  return value === undefined ? message('spec.missing', { expected }) : message('spec.wrongType', { expected });
}

function issuesOf(error: z.ZodError, raw: unknown): readonly SpecIssue[] {
  return error.issues.flatMap((issue): SpecIssue[] => {
    const paths = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
    return paths.map((path) => ({
      path: formatPath(path),
      value: showValue(valueAt(raw, path)),
      message: messageOf(issue, valueAt(raw, path)),
    }));
  });
}

/** Makes the file paths of a specification absolute, as they are meant relative to the file that names them. */
function resolvePaths(spec: ClusterSpec, folder: string): ClusterSpec {
  return {
    ...spec,
    servers: spec.servers.map((server) => ({
      ...server,
      ssh: {
        ...server.ssh,
        login:
          server.ssh.login.kind === 'key'
            ? { ...server.ssh.login, privateKeyFile: resolve(folder, server.ssh.login.privateKeyFile) }
            : server.ssh.login,
      },
    })),
    redis: {
      ...spec.redis,
      ...(spec.redis.archive === undefined ? {} : { archive: { ...spec.redis.archive, file: resolve(folder, spec.redis.archive.file) } }),
      ...(spec.redis.windowsArchive === undefined
        ? {}
        : { windowsArchive: { ...spec.redis.windowsArchive, file: resolve(folder, spec.redis.windowsArchive.file) } }),
      ...(spec.redis.passwordFile === undefined ? {} : { passwordFile: resolve(folder, spec.redis.passwordFile) }),
    },
  };
}

/** The cluster's name in a text that is no specification. */
function nameIn(text: string): string | null {
  return /^[ \t{,]*["']?name["']?[ \t]*:[ \t]*["']?([a-z][a-z0-9-]{0,30})(?![\w-])/mu.exec(text)?.[1] ?? null;
}

/** Reads a specification from its text (YAML, of which JSON is a part). */
export function parseSpec(text: string, folder: string): SpecReading {
  const document = parseDocument(text, { prettyErrors: true, uniqueKeys: true });
  const [syntax] = document.errors;
  if (syntax !== undefined) {
    const at = syntax.linePos?.[0];
    const path = say(at === undefined ? message('spec.wholeFile') : message('spec.place', { line: at.line, column: at.col }));
    const issue = { path, value: '', message: message('spec.syntax', { reason: syntax.message.split('\n')[0] ?? '' }) };
    return { ok: false, issues: [issue], cluster: nameIn(text) };
  }
  const raw: unknown = document.toJS({ maxAliasCount: 20 });
  const parsed = ClusterSpec.safeParse(raw);
  if (!parsed.success) return { ok: false, issues: issuesOf(parsed.error, raw), cluster: nameIn(text) };
  return { ok: true, spec: resolvePaths(parsed.data, folder), sha256: createHash('sha256').update(text).digest('hex') };
}

/** Reads a specification file. Throws `spec.unreadable` when the file cannot be read at all. */
export async function readSpecFile(file: string): Promise<SpecReading> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw fail('spec.unreadable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
  return parseSpec(text, dirname(resolve(file)));
}
