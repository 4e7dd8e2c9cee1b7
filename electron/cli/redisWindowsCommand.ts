import { resolve } from 'node:path';
import { stringify } from 'yaml';
import { inspectWindowsArchive } from '../handlers/findWindowsBundle.ts';
import { EngineVersion, Sha256 } from '../shared/domain/catalogue.ts';
import { fail } from '../shared/domain/failure.ts';
import { formatBytes } from '../shared/domain/reportFormat.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import {
  isTrusted,
  TYPED_CHARACTERS,
  windowsArchiveTrust,
  type WindowsArchive,
  type WindowsArchiveTrust,
} from '../shared/domain/windowsArchive.ts';
import { isExperimental, WINDOWS_DISTRIBUTIONS } from '../shared/domain/windowsDistribution.ts';
import { aboutArchive, nameOfArchive } from '../shared/messages/aboutArchive.ts';
import { message, say } from '../shared/messages/message.ts';
import { askText } from './ask.ts';
import { command, type JsonOption } from './bundleCommand.ts';
import { bundlesFolder } from './bundlesFolder.ts';
import type { ExitCode } from './exitCode.ts';

/** The options of `redis-windows inspect`. */
export interface RedisWindowsOptions extends JsonOption {
  readonly sha256?: string;
  readonly useAnyway?: string;
  readonly redisVersion?: string;
}

/** What the admin says of the file, and whose word counts then. */
interface Word {
  readonly trust: WindowsArchiveTrust;
  /** As `redis.windowsArchive` of the specification takes it. */
  readonly spec: { readonly sha256?: string; readonly useAnyway?: string };
}

function wordOf(archive: WindowsArchive, published: string | undefined, typed: string | undefined): Word {
  const trust = windowsArchiveTrust(archive, { published, typed });
  const { sha256 } = archive;
  return { trust, spec: trust === 'typed' ? { useAnyway: sha256.slice(0, TYPED_CHARACTERS) } : trust === 'published' ? { sha256 } : {} };
}

function list(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

/** What it means that an archive is experimental; nothing of any other. */
function experimentText({ distribution }: WindowsArchive): readonly string[] {
  if (!isExperimental(distribution)) return [];
  return [say(message('windowsArchive.experimental', { name: WINDOWS_DISTRIBUTIONS[distribution].name }))];
}

/** What to compare the hash with: a release has a page, a zip that the administrator made has none. */
function compareText({ distribution }: WindowsArchive): string {
  return say(
    distribution === 'memurai'
      ? message('cli.windowsArchive.compareOwn')
      : message('cli.windowsArchive.compare', { page: WINDOWS_DISTRIBUTIONS[distribution].page }),
  );
}

/** The archive as an administrator reads it. */
function archiveText(archive: WindowsArchive): readonly string[] {
  const { name, sizeBytes, sha256, files, leftOut } = archive;
  return [
    say(message('cli.windowsArchive.title', { name, redis: say(nameOfArchive(archive)), size: formatBytes(sizeBytes) })),
    `SHA-256  ${sha256}`,
    ...list(
      say(message('cli.windowsArchive.programs')),
      files.map((file) => `${formatBytes(file.sizeBytes).padStart(9)}  ${file.sha256}  ${file.name}`),
    ),
    ...list(say(message('cli.windowsArchive.leftOut')), leftOut.length === 0 ? [] : [leftOut.join(', ')]),
    ...list(say(message('cli.windowsArchive.before')), [
      say(message('windowsArchive.support')),
      ...experimentText(archive),
      ...aboutArchive(archive).map(say),
    ]),
  ];
}

/** Whose word counts, and what to do next. */
function trustText(archive: WindowsArchive, { trust, spec }: Word, file: string): readonly string[] {
  const lines = list(say(message('cli.windowsArchive.trust')), [say(message(`windowsArchive.trust.${trust}`))]);
  if (!isTrusted(trust)) return [...lines, `  ${say(message('cli.windowsArchive.notUsable'))}`];
  const { version, distribution } = archive;
  const experimental = isExperimental(distribution) ? { experimental: distribution } : {};
  const yaml = stringify({ redis: { version, windowsArchive: { file, ...spec, ...experimental } } }).trimEnd();
  return [
    ...lines,
    ...list(say(message('cli.windowsArchive.specification')), yaml.split('\n')),
    ...(isExperimental(distribution) ? ['', `  ${say(message('cli.windowsArchive.experimental'))}`] : []),
  ];
}

/** Asks on the terminal for the beginning of the hash; empty when nobody can be asked. Throws `run.aborted` at Ctrl-C. */
async function typedOnTerminal(archive: WindowsArchive): Promise<string> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return '';
  const interrupt = new AbortController();
  process.stderr.write(`${archiveText(archive).join('\n')}\n\n`);
  process.stderr.write(`${compareText(archive)}\n`);
  const question = say(message('cli.windowsArchive.ask', { count: TYPED_CHARACTERS }));
  return askText(question, interrupt.signal, () => interrupt.abort()).catch((error: unknown) => {
    throw interrupt.signal.aborted ? fail('run.aborted', adminSubject) : error;
  });
}

function usage(reason: ReturnType<typeof message>): Error {
  return fail('usage.invalid', adminSubject, { values: { reason: say(reason) } });
}

/**
 * Looks into an archive for Windows servers. Exit code 0: it may be used; 1: it is a release by its look, and nobody vouches for it; 2: it cannot be used, or
 * is another file than the one that was meant.
 */
export async function redisWindowsInspect(file: string, options: RedisWindowsOptions): Promise<ExitCode> {
  return command(options, async () => {
    const published = options.sha256?.trim().toLowerCase();
    if (published !== undefined && !Sha256.safeParse(published).success) throw usage(message('cli.usage.releaseHash'));
    if (options.redisVersion !== undefined && !EngineVersion.safeParse(options.redisVersion).success)
      throw usage(message('cli.usage.redisVersion'));
    const { archive } = await inspectWindowsArchive(file, bundlesFolder(), { version: options.redisVersion });
    const said = wordOf(archive, published, options.useAnyway);
    const asks = said.trust === 'nobody' && options.json !== true;
    const typed = asks ? await typedOnTerminal(archive) : '';
    const word = typed === '' ? said : wordOf(archive, published, typed);
    const { sha256 } = archive;
    if (word.trust === 'different')
      throw fail('bundle.hashMismatch', adminSubject, { values: { subject: file, expected: published ?? '', observed: sha256 } });
    if (word.trust === 'mistyped')
      throw fail('bundle.windows.mistyped', adminSubject, {
        values: { file, typed: options.useAnyway ?? typed, count: TYPED_CHARACTERS },
      });
    const place = resolve(file);
    return {
      json: { type: 'windowsArchive', file: place, ...archive, trust: word.trust },
      text: [
        ...(asks && typed !== '' ? [] : archiveText(archive)),
        ...trustText(archive, word, place),
        ...(word.trust === 'nobody' ? [`  ${compareText(archive)}`] : []),
      ],
      code: isTrusted(word.trust) ? 0 : 1,
    };
  });
}
