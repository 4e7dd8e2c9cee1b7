import type { CheckResult } from '../shared/domain/check.ts';
import type { PartDifference } from '../shared/domain/configBundle.ts';
import type { RunRecord } from '../shared/domain/run.ts';
import { message, say } from '../shared/messages/message.ts';
import { differencesText } from './bundleText.ts';
import type { ExitCode } from './exitCode.ts';
import { runCommand, type CommandOptions } from './runCommand.ts';

/**
 * Validates the running cluster, with `--bundle` against what a config bundle says of it. That a server has another kernel than at the export is told and
 * does not lower the verdict: the other checks judge what is there now.
 */
export async function validateCommand(options: CommandOptions): Promise<ExitCode> {
  const { bundle, json } = options;
  if (bundle === undefined) return runCommand('validate', options);
  const { judgeWithBundle } = await import('../handlers/compareConfigBundles.ts');
  const told: (readonly PartDifference[])[] = [];
  const code = await runCommand('validate', options, undefined, async (record: RunRecord): Promise<readonly CheckResult[]> => {
    const { results, differences } = await judgeWithBundle(bundle, record);
    told.push(differences);
    return results;
  });
  const [differences] = told;
  if (differences === undefined) return code;
  const lines =
    differences.length === 0
      ? [say(message(options.redisOnly === true ? 'cli.bundle.idsAsInBundle' : 'cli.bundle.asInBundle'))]
      : [say(message('cli.bundle.notAsInBundle')), ...differencesText(differences)];
  // With --json the result is the last line of the output, so this stands beside it.
  const output = json === true ? process.stderr : process.stdout;
  output.write(`\n${lines.join('\n')}\n`);
  return code;
}
