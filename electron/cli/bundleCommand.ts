import { resolve } from 'node:path';
import { exportConfigBundle, partsOfSpec } from '../handlers/exportConfigBundle.ts';
import { importConfigBundle, type ImportedBundle } from '../handlers/importConfigBundle.ts';
import { compareConfigBundles } from '../handlers/compareConfigBundles.ts';
import { secretNamesOf } from '../shared/domain/specInput.ts';
import { fail } from '../shared/domain/failure.ts';
import { formatBytes } from '../shared/domain/reportFormat.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import type { ClusterSpec } from '../shared/domain/spec.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { bringsCommercialPrograms } from '../shared/domain/commercialPrograms.ts';
import { message, say } from '../shared/messages/message.ts';
import { readConfigBundle, writeConfigBundle } from '../storage/configBundle.ts';
import { readBundleContent } from '../storage/configBundleContent.ts';
import { openChosenFiles } from '../storage/chosenFiles.ts';
import { openDrafts } from '../storage/drafts.ts';
import { openKnownHosts } from '../storage/knownHosts.ts';
import { readSecret } from '../storage/secrets.ts';
import { readSpecFile } from '../storage/specFile.ts';
import { chosenFilesFile, draftsFolder, generatedPasswordFile, knownHostsFile, triadHome } from '../storage/triadHome.ts';
import { isColoured, styleFor } from '../report/style.ts';
import { bundleText, differencesText } from './bundleText.ts';
import type { ExitCode } from './exitCode.ts';
import { bundlesFolder } from './bundlesFolder.ts';
import { runCommand, tellFailure } from './runCommand.ts';
import { TRIAD_VERSION } from '../handlers/triadVersion.ts';

/** What all commands of a bundle know. */
export interface JsonOption {
  readonly json?: boolean;
}

/** The options of `bundle export`. */
export interface ExportOptions extends JsonOption {
  readonly spec: string;
  readonly out: string;
  readonly withBinaries?: boolean;
  readonly sealWithEnv?: string;
  readonly fromLast?: boolean;
  readonly acceptNewHostKeys?: boolean;
}

/** The options of `bundle import`. */
export interface ImportOptions extends JsonOption {
  readonly openWithEnv?: string;
  readonly privateKey?: string;
}

/** The options of `bundle diff`. */
export interface DiffOptions extends JsonOption {
  readonly spec?: string;
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** Tells a result as a line of JSON or in words; a failure in the same form. */
export async function command(
  options: JsonOption,
  work: () => Promise<{ readonly json: unknown; readonly text: readonly string[]; readonly code?: ExitCode }>,
): Promise<ExitCode> {
  const isJson = options.json === true;
  try {
    const { json, text, code = 0 } = await work();
    print(isJson ? [JSON.stringify(json)] : text);
    return code;
  } catch (error) {
    return tellFailure(error, isJson, styleFor(isColoured(isJson ? process.stderr : process.stdout)));
  }
}

/** The specification in a file. Throws `spec.invalid` with everything that is wrong in it, and `spec.unreadable`. */
export async function specOf(file: string): Promise<ClusterSpec> {
  const reading = await readSpecFile(file);
  if (reading.ok) return reading.spec;
  const evidence = reading.issues.map((issue) => `${issue.path} ${say(issue.message)} ${issue.value}`.trimEnd()).join('\n');
  throw fail('spec.invalid', adminSubject, { values: { count: reading.issues.length }, evidence });
}

async function passphraseFrom(name: string | undefined): Promise<string | null> {
  return name === undefined ? null : readSecret({ kind: 'env', name }, say(message('cli.purpose.passphraseOfBundle')));
}

/** Validates the running cluster unless the last validation is wanted, then writes its bundle. A verdict other than a pass is told, and goes in. */
export async function bundleExport(options: ExportOptions): Promise<ExitCode> {
  const { spec: specFile, out, acceptNewHostKeys, json } = options;
  if (options.fromLast !== true) {
    const records: RunRecord[] = [];
    const code = await runCommand(
      'validate',
      {
        spec: specFile,
        ...(acceptNewHostKeys === undefined ? {} : { acceptNewHostKeys }),
        ...(json === undefined ? {} : { json }),
      },
      (record) => records.push(record),
    );
    // What it found goes in, whatever the verdict; it must only have come to its end.
    if (records[0] === undefined || records[0].failure !== null) {
      process.stderr.write(`${say(message('cli.bundle.notValidated'))}\n`);
      return code;
    }
  }
  return command(options, async () => {
    const passphrase = await passphraseFrom(options.sealWithEnv);
    const spec = await specOf(specFile);
    const parts = await exportConfigBundle({
      spec,
      home: triadHome(),
      bundles: bundlesFolder(),
      triadVersion: TRIAD_VERSION,
      withBinaries: options.withBinaries === true,
      passphrase,
    });
    const file = resolve(out);
    const bundle = await writeConfigBundle(file, parts);
    const verdict =
      readBundleContent(bundle, file).runs.findLast(({ record }) => record.workflow === 'validate')?.record.verdict ?? 'unknown';
    const { sha256, sizeBytes } = bundle;
    const count = bundle.parts.size;
    return {
      json: { type: 'bundle', file, sha256, sizeBytes, parts: count, verdict },
      text: [
        say(message('cli.bundle.written', { file, size: formatBytes(sizeBytes), count, sha256 })),
        say(message('cli.bundle.verdict', { verdict })),
        ...(bringsCommercialPrograms(spec, parts) ? [say(message('cli.bundle.commercial'))] : []),
      ],
    };
  });
}

function importText({ content, specFile, newRuns, hasPassword, absentFiles }: ImportedBundle, home: string): readonly string[] {
  const { spec, hostKeys } = content;
  const names = secretNamesOf(spec);
  const servers = spec.servers.map(({ name, address }) => `${name} (${address})`).join(', ');
  const keys = Object.entries(hostKeys).map(([endpoint, { fingerprint }]) => `${endpoint} ${fingerprint}`);
  return [
    say(message('cli.bundle.imported', { cluster: spec.name, servers })),
    say(message('cli.bundle.importedSpec', { file: specFile })),
    say(message('cli.bundle.importedRuns', { count: newRuns.length })),
    say(message('cli.bundle.importedKeys', { keys: keys.join(', ') })),
    say(
      hasPassword
        ? message('cli.bundle.importedPassword', { file: generatedPasswordFile(home, spec.name) })
        : message('cli.bundle.noPassword'),
    ),
    ...absentFiles.map((file) => say(message('cli.bundle.absentFile', { file }))),
    ...(names.length === 0 ? [] : [say(message('cli.bundle.environment', { names: names.join(', ') }))]),
    say(message('cli.bundle.next', { file: specFile })),
  ];
}

/** Takes a bundle into this home; all of it or nothing. */
export async function bundleImport(file: string, options: ImportOptions): Promise<ExitCode> {
  return command(options, async () => {
    const home = triadHome();
    const done = await importConfigBundle({
      file: resolve(file),
      home,
      passphrase: await passphraseFrom(options.openWithEnv),
      privateKeyFile: options.privateKey === undefined ? null : resolve(options.privateKey),
      drafts: openDrafts(draftsFolder(home)),
      files: await openChosenFiles(chosenFilesFile(home)),
      withKnownHosts: async (work) => work(await openKnownHosts(knownHostsFile(home))),
    });
    const { content, specFile, newRuns, hasPassword, absentFiles } = done;
    const json = { type: 'bundleImported', cluster: content.spec.name, specFile, newRuns, hasPassword, absentFiles };
    return { json, text: importText(done, home) };
  });
}

/** Proves that a bundle is whole, that its parts can be read, and that they speak of one cluster. */
export async function bundleVerify(file: string, options: JsonOption): Promise<ExitCode> {
  return command(options, async () => {
    const bundle = await readConfigBundle(file);
    readBundleContent(bundle, file);
    const { sha256, sizeBytes, manifest } = bundle;
    const count = bundle.parts.size;
    return {
      json: { type: 'bundleVerified', file, cluster: manifest.cluster, sha256, sizeBytes, parts: count },
      text: [say(message('cli.bundle.verified', { file, count, sha256 }))],
    };
  });
}

/** Shows what is in a bundle. */
export async function bundleInspect(file: string, options: JsonOption): Promise<ExitCode> {
  return command(options, async () => {
    const bundle = await readConfigBundle(file);
    const content = readBundleContent(bundle, file);
    const { manifest, spec, plan, hostKeys, nodes, runs, sealed } = content;
    const runsInBrief = runs.map(({ runId, record: { workflow, verdict, finishedAt } }) => ({ runId, workflow, verdict, finishedAt }));
    return {
      json: { type: 'bundleContent', manifest, spec, plan, hostKeys, nodes, runs: runsInBrief, isSealed: sealed !== null },
      text: bundleText(content),
    };
  });
}

/** Compares two bundles, or one with what a specification would make. Exit code 0: the same; 1: they differ; 2: one cannot be used. */
export async function bundleDiff(first: string, second: string | undefined, options: DiffOptions): Promise<ExitCode> {
  return command(options, async () => {
    if ((second === undefined) === (options.spec === undefined))
      throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.bundle.diffNeedsTwo')) } });
    const one = await readConfigBundle(first);
    const differences =
      options.spec === undefined
        ? compareConfigBundles(one.parts, (await readConfigBundle(second ?? '')).parts)
        : compareConfigBundles(
            one.parts,
            await partsOfSpec(await specOf(options.spec), readBundleContent(one, first).plan, {
              home: triadHome(),
              bundles: bundlesFolder(),
              triadVersion: one.manifest.triadVersion,
            }),
            { onlyFromPlan: true },
          );
    const lines = differencesText(differences);
    return {
      json: { type: 'bundleDifferences', differences },
      text: differences.length === 0 ? [say(message('cli.bundle.same'))] : lines,
      code: differences.length === 0 ? 0 : 1,
    };
  });
}
