import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { adoptedSpecText } from '../handlers/adoptedSpecText.ts';
import { adoptionOf } from '../handlers/adoption.ts';
import { findCluster } from '../handlers/findCluster.ts';
import { filePasswordKeeper } from '../handlers/passwordKeeper.ts';
import { isColoured, styleFor } from '../report/style.ts';
import { formatEndpoint } from '../shared/domain/address.ts';
import { readClusterAddress } from '../shared/domain/clusterAddress.ts';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject, clusterSubject } from '../shared/domain/subject.ts';
import { message, say } from '../shared/messages/message.ts';
import { readSecret } from '../storage/secrets.ts';
import { parseSpec } from '../storage/specFile.ts';
import { triadHome } from '../storage/triadHome.ts';
import { reasonOf } from '../storage/versionedFile.ts';
import { ask, askSecret } from './ask.ts';
import type { ExitCode } from './exitCode.ts';
import { tellFailure } from './runCommand.ts';

/** The options of `adopt`. */
export interface AdoptOptions {
  readonly address: string;
  readonly name: string;
  readonly sshUser: string;
  readonly passwordEnv?: string;
  readonly out?: string;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Throws `usage.invalid` for what is no address of a node. */
function endpointOf(text: string): NonNullable<ReturnType<typeof readClusterAddress>> {
  const read = readClusterAddress(text);
  if (read !== null) return read;
  throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.adopt.address', { address: text })) } });
}

async function write(file: string, text: string): Promise<void> {
  try {
    // Never over a file that is there: it may be the specification of another cluster.
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw fail('storage.unwritable', adminSubject, { values: { file, reason: reasonOf(error) }, cause: error });
  }
}

/**
 * Describes a cluster that Triad did not install: finds its nodes from one address, shows the specification that would be written, and writes it when that is
 * confirmed. Changes nothing on the cluster.
 */
export async function adoptCommand(options: AdoptOptions): Promise<ExitCode> {
  const isJson = options.json === true;
  const stop = new AbortController();
  const interrupt = (): void => stop.abort(new Error('interrupted'));
  process.once('SIGINT', interrupt);
  try {
    const canAsk = !isJson && process.stdin.isTTY && process.stderr.isTTY;
    if (options.yes !== true && !canAsk) throw fail('usage.confirmationNeeded', adminSubject);
    const start = endpointOf(options.address);
    const { passwordEnv, name } = options;
    const purpose = say(message('cli.purpose.redis'));
    const typed = passwordEnv === undefined && canAsk ? await askSecret(say(message('cli.adopt.password')), stop.signal, interrupt) : '';
    const password =
      passwordEnv === undefined ? (typed === '' ? null : typed) : await readSecret({ kind: 'env', name: passwordEnv }, purpose);
    const adoption = adoptionOf(await findCluster({ ...start, password, signal: stop.signal }), {
      name,
      passwordEnv,
      sshUser: options.sshUser,
    });
    if (!adoption.ok) {
      const evidence = adoption.deviations.map((one) => say(one)).join('\n');
      throw fail('adopt.deviates', clusterSubject, { values: { endpoint: formatEndpoint(start) }, evidence });
    }
    const text = adoptedSpecText(adoption.input);
    const file = resolve(options.out ?? `${name}.yaml`);
    const reading = parseSpec(text, '/');
    if (!reading.ok) {
      const evidence = reading.issues.map((one) => `${one.path}: ${say(one.message)} ${one.value}`.trimEnd()).join('\n');
      throw fail('adopt.deviates', clusterSubject, { values: { endpoint: formatEndpoint(start) }, evidence });
    }
    if (!isJson) process.stdout.write(`${text}\n`);
    const question = say(message('cli.adopt.question', { file }));
    if (options.yes !== true && !(await ask(question, stop.signal, interrupt))) throw fail('usage.confirmationRefused', clusterSubject);
    if (password !== null && passwordEnv === undefined) {
      const kept = await filePasswordKeeper(triadHome(), name).keep(password);
      if (kept !== password)
        throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.adopt.nameTaken', { name })) } });
    }
    await write(file, text);
    process.stdout.write(
      isJson
        ? `${JSON.stringify({ type: 'result', spec: file, adopted: adoption.input, failure: null })}\n`
        : `${say(message('cli.adopt.written', { file }))}\n`,
    );
    return 0;
  } catch (error) {
    return tellFailure(error, isJson, styleFor(isColoured(isJson ? process.stderr : process.stdout)));
  } finally {
    process.off('SIGINT', interrupt);
  }
}
