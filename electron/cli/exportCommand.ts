import { join, resolve } from 'node:path';
import { plainFilesOfBundle, plainFilesOfSpec } from '../handlers/exportPlainFiles.ts';
import { fail } from '../shared/domain/failure.ts';
import { EXPORT_KINDS, type ExportKind } from '../shared/domain/plainExport.ts';
import { formatBytes } from '../shared/domain/reportFormat.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import type { Message } from '../shared/domain/message.ts';
import { message, say } from '../shared/messages/message.ts';
import { writeOwnFolder } from '../storage/ownFolder.ts';
import { triadHome } from '../storage/triadHome.ts';
import { command, specOf, type JsonOption } from './bundleCommand.ts';
import { bundlesFolder } from './bundlesFolder.ts';
import type { ExitCode } from './exitCode.ts';
import { TRIAD_VERSION } from '../handlers/triadVersion.ts';

/** The options of `export`. */
export interface PlainExportOptions extends JsonOption {
  readonly as: string;
  readonly out: string;
  readonly spec?: string;
  readonly bundle?: string;
}

function usage(reason: Message): Error {
  return fail('usage.invalid', adminSubject, { values: { reason: say(reason) } });
}

function kindOf(name: string): ExportKind {
  const kind = EXPORT_KINDS.find((known) => known === name);
  if (kind === undefined) throw usage(message('cli.export.as', { kind: name, known: EXPORT_KINDS.join(', ') }));
  return kind;
}

/** Writes a folder from which the cluster can be built without Triad. Contacts no server. */
export async function exportPlainFiles(options: PlainExportOptions): Promise<ExitCode> {
  return command(options, async () => {
    const { as, spec, bundle } = options;
    const kind = kindOf(as);
    const places = { home: triadHome(), bundles: bundlesFolder(), triadVersion: TRIAD_VERSION };
    if ((spec === undefined) === (bundle === undefined)) throw usage(message('cli.export.oneSource'));
    const files =
      spec === undefined ? await plainFilesOfBundle(kind, bundle ?? '', places) : await plainFilesOfSpec(kind, await specOf(spec), places);
    const folder = resolve(options.out);
    const isNew = await writeOwnFolder(folder, files);
    const size = formatBytes(files.reduce((sum, { bytes }) => sum + bytes.length, 0));
    return {
      json: { type: 'exported', as: kind, folder, files: files.length, isNew },
      text: [
        say(isNew ? message('cli.export.written', { folder, count: files.length, size }) : message('cli.export.same', { folder })),
        say(message('cli.export.next', { file: join(folder, 'README.md') })),
      ],
    };
  });
}
