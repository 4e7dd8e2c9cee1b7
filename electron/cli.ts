#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { endWithReader } from './cli/endWithReader.ts';
import { TRIAD_VERSION } from './handlers/triadVersion.ts';
import type { AdoptOptions } from './cli/adoptCommand.ts';
import type { HistoryOptions } from './cli/history/history.ts';
import type { TrendOptions } from './cli/history/trend.ts';
import type { DiffOptions, ExportOptions, ImportOptions, JsonOption } from './cli/bundleCommand.ts';
import type { PlainExportOptions } from './cli/exportCommand.ts';
import type * as BundleRoom from './cli/bundleCommand.ts';
import type { CommandOptions } from './cli/runCommand.ts';
import type { DoctorOptions } from './cli/doctorCommand.ts';
import type { RedisWindowsOptions } from './cli/redisWindowsCommand.ts';
import type { VerifyOptions } from './cli/verifyCommand.ts';
import type { ScheduleOptions } from './cli/schedule/schedule.ts';
import type { WorkflowId } from './shared/domain/events.ts';
import { message, say, type MessageCode } from './shared/messages/message.ts';
import { triadHome } from './storage/triadHome.ts';

// Compiled code of what is loaded from here on is kept for the next start, which is a third faster for it. Without room for it, nothing is lost.
enableCompileCache(join(triadHome(), 'cache', 'node'));

const words = (code: Extract<MessageCode, `cli.about${string}` | `cli.option.${string}`>): string => say({ code, values: {} });

const program = new Command('triad')
  .description(words('cli.about'))
  .version(TRIAD_VERSION)
  .exitOverride()
  .showHelpAfterError()
  .helpCommand(false);
const exitCodes = `\n${words('cli.about.exitCodes')}`;
program.addHelpText('after', exitCodes);

/** Declares a command that runs a workflow on a specification. Its room is loaded only when it runs: `--help` stays fast. */
function workflowCommand(name: string, workflow: WorkflowId, about: Parameters<typeof words>[0], parent = program): Command {
  return parent
    .command(name)
    .description(words(about))
    .option('--spec <file>', words('cli.option.spec'))
    .option('--yes', words('cli.option.yes'))
    .option('--accept-new-host-keys', words('cli.option.acceptNewHostKeys'))
    .option('--json', words('cli.option.json'))
    .option('--report <dir>', words('cli.option.report'))
    .option('--junit <file>', words('cli.option.junit'))
    .addHelpText('after', exitCodes)
    .exitOverride()
    .action(async (options: CommandOptions) => {
      const { runCommand } = await import('./cli/runCommand.ts');
      process.exitCode = await runCommand(workflow, options);
    });
}

workflowCommand('check', 'check', 'cli.about.check').option('--only <what>', words('cli.option.only'));
workflowCommand('plan', 'plan', 'cli.about.plan');
workflowCommand('install', 'install', 'cli.about.install')
  .option('--failover-test <name>', words('cli.option.failoverTest'))
  .option('--confirm-cluster <name>', words('cli.option.confirmCluster'));
workflowCommand('validate', 'validate', 'cli.about.validate')
  .option('--prometheus <file>', words('cli.option.prometheus'))
  .option('--bundle <file>', words('cli.option.bundle'))
  .option('--private-key <file>', words('cli.option.privateKey'))
  .option('--redis-only', words('cli.option.redisOnly'))
  .action(async (options: CommandOptions) => {
    const { validateCommand } = await import('./cli/validateCommand.ts');
    process.exitCode = await validateCommand(options);
  });
workflowCommand('failover-test', 'failoverTest', 'cli.about.failoverTest')
  .option('--server <name>', words('cli.option.server'))
  .option('--scenario <names>', words('cli.option.scenario'))
  .option('--rounds <count>', words('cli.option.rounds'))
  .option('--readers', words('cli.option.readers'))
  .option('--wait-replicas', words('cli.option.waitReplicas'))
  .option('--no-application-view', words('cli.option.applicationView'))
  .option('--deadline <seconds>', words('cli.option.deadline'))
  .option('--power-off-command <command>', words('cli.option.powerOff'))
  .option('--power-on-command <command>', words('cli.option.powerOn'))
  .option('--confirm-cluster <name>', words('cli.option.confirmCluster'))
  .option('--list-scenarios', words('cli.option.listScenarios'))
  .action(async (options: CommandOptions & { readonly listScenarios?: boolean }) => {
    if (options.listScenarios === true) {
      const { listScenarios } = await import('./cli/listScenarios.ts');
      process.exitCode = await listScenarios(options);
    } else {
      const { runCommand } = await import('./cli/runCommand.ts');
      process.exitCode = await runCommand('failoverTest', options);
    }
  });
// Not for people: Triad starts itself so, see `keepPower`.
program.command('power-keeper', { hidden: true }).action(async () => {
  const { keepPower } = await import('./handlers/power/powerKeeper.ts');
  process.exitCode = (await keepPower()) ? 0 : 1;
});
workflowCommand('restore-roles', 'restoreRoles', 'cli.about.restoreRoles');

const maintenance = program.command('maintenance').description(words('cli.about.maintenance')).helpCommand(false).exitOverride();
workflowCommand('begin', 'maintenanceBegin', 'cli.about.maintenanceBegin', maintenance).requiredOption(
  '--server <name>',
  words('cli.option.maintained'),
);
workflowCommand('end', 'maintenanceEnd', 'cli.about.maintenanceEnd', maintenance)
  .requiredOption('--server <name>', words('cli.option.maintained'))
  .option('--wait <minutes>', words('cli.option.wait'));
workflowCommand('status', 'maintenanceStatus', 'cli.about.maintenanceStatus', maintenance);
workflowCommand('rolling', 'maintenanceStatus', 'cli.about.maintenanceRolling', maintenance)
  .option('--wait <minutes>', words('cli.option.wait'))
  .action(async (options: CommandOptions) => {
    const { rollingMaintenance } = await import('./cli/rolling.ts');
    process.exitCode = await rollingMaintenance(options);
  });

workflowCommand('remove', 'remove', 'cli.about.remove').option('--delete-data', words('cli.option.deleteData'));

program
  .command('adopt')
  .description(words('cli.about.adopt'))
  .requiredOption('--address <ip:port>', words('cli.option.adoptAddress'))
  .option('--name <name>', words('cli.option.adoptName'), 'adopted')
  .option('--password-env <name>', words('cli.option.adoptPassword'))
  .option('--ssh-user <user>', words('cli.option.adoptSshUser'), 'root')
  .option('--out <file>', words('cli.option.adoptOut'))
  .option('--yes', words('cli.option.adoptYes'))
  .option('--json', words('cli.option.bundleJson'))
  .exitOverride()
  .action(async (options: AdoptOptions) => {
    const { adoptCommand } = await import('./cli/adoptCommand.ts');
    process.exitCode = await adoptCommand(options);
  });

program
  .command('known-hosts')
  .command('forget <endpoint>')
  .description(words('cli.about.knownHosts'))
  .exitOverride()
  .action(async (endpoint: string) => {
    const { forgetHostKey } = await import('./cli/forgetHostKey.ts');
    process.exitCode = await forgetHostKey(endpoint);
  });

program
  .command('schedule')
  .description(words('cli.about.schedule'))
  .option('--spec <file>', words('cli.option.spec'))
  .option('--kind <kind>', words('cli.option.kind'))
  .option('--every <time>', words('cli.option.every'), '1h')
  .option('--redis-only', words('cli.option.redisOnly'))
  .option('--prometheus <file>', words('cli.option.prometheus'))
  .option('--junit <file>', words('cli.option.junit'))
  .exitOverride()
  .action(async (options: ScheduleOptions) => {
    const { schedule } = await import('./cli/schedule/schedule.ts');
    process.exitCode = await schedule(options);
  });

const history = program.command('history').description(words('cli.about.history')).exitOverride().helpCommand(false);

/** Declares a command of the history. */
function historyCommand(name: string, about: Parameters<typeof words>[0]): Command {
  return history
    .command(name)
    .description(words(about))
    .option('--cluster <name>', words('cli.option.historyCluster'))
    .option('--json', words('cli.option.historyJson'))
    .exitOverride();
}

historyCommand('list', 'cli.about.history.list').action(async (options: HistoryOptions) => {
  const { historyList } = await import('./cli/history/history.ts');
  process.exitCode = await historyList(options);
});
historyCommand('show <run>', 'cli.about.history.show')
  .option('--report <dir>', words('cli.option.historyReport'))
  .option('--markdown', words('cli.option.historyMarkdown'))
  .action(async (run: string, options: HistoryOptions) => {
    const { historyShow } = await import('./cli/history/history.ts');
    process.exitCode = await historyShow(run, options);
  });
historyCommand('compare <run> <run2>', 'cli.about.history.compare').action(
  async (first: string, second: string, options: HistoryOptions) => {
    const { historyCompare } = await import('./cli/history/history.ts');
    process.exitCode = await historyCompare(first, second, options);
  },
);
historyCommand('trend', 'cli.about.history.trend')
  .option('--last <count>', words('cli.option.trendLast'), '20')
  .option('--html <file>', words('cli.option.trendHtml'))
  .action(async (options: TrendOptions) => {
    const { historyTrend } = await import('./cli/history/trend.ts');
    process.exitCode = await historyTrend(options);
  });
historyCommand('prune', 'cli.about.history.prune')
  .option('--keep <count>', words('cli.option.keep'))
  .option('--older-than <age>', words('cli.option.olderThan'))
  .option('--yes', words('cli.option.historyYes'))
  .action(async (options: HistoryOptions) => {
    const { historyPrune } = await import('./cli/history/history.ts');
    process.exitCode = await historyPrune(options);
  });

program
  .command('report')
  .description(words('cli.about.report'))
  .helpCommand(false)
  .exitOverride()
  .command('verify <file>')
  .description(words('cli.about.reportVerify'))
  .option('--run <folder>', words('cli.option.verifyRun'))
  .option('--json', words('cli.option.bundleJson'))
  .exitOverride()
  .action(async (file: string, options: VerifyOptions) => {
    const { reportVerify } = await import('./cli/verifyCommand.ts');
    process.exitCode = await reportVerify(file, options);
  });

const bundle = program.command('bundle').description(words('cli.about.bundle')).exitOverride();
const bundleCommand = (usage: string, about: Parameters<typeof words>[0]): Command =>
  bundle.command(usage).description(words(about)).option('--json', words('cli.option.bundleJson')).exitOverride();
const bundleRoom = async (): Promise<typeof BundleRoom> => import('./cli/bundleCommand.ts');

bundleCommand('export', 'cli.about.bundleExport')
  .requiredOption('--spec <file>', words('cli.option.spec'))
  .requiredOption('--out <file>', words('cli.option.out'))
  .option('--with-binaries', words('cli.option.withBinaries'))
  .option('--seal-with-env <name>', words('cli.option.sealWithEnv'))
  .option('--from-last', words('cli.option.fromLast'))
  .option('--accept-new-host-keys', words('cli.option.acceptNewHostKeys'))
  .action(async (options: ExportOptions) => {
    process.exitCode = await (await bundleRoom()).bundleExport(options);
  });
bundleCommand('import <file>', 'cli.about.bundleImport')
  .option('--open-with-env <name>', words('cli.option.openWithEnv'))
  .option('--private-key <file>', words('cli.option.privateKey'))
  .action(async (file: string, options: ImportOptions) => {
    process.exitCode = await (await bundleRoom()).bundleImport(file, options);
  });
bundleCommand('verify <file>', 'cli.about.bundleVerify').action(async (file: string, options: JsonOption) => {
  process.exitCode = await (await bundleRoom()).bundleVerify(file, options);
});
bundleCommand('inspect <file>', 'cli.about.bundleInspect').action(async (file: string, options: JsonOption) => {
  process.exitCode = await (await bundleRoom()).bundleInspect(file, options);
});
bundleCommand('diff <first> [second]', 'cli.about.bundleDiff')
  .option('--spec <file>', words('cli.option.diffSpec'))
  .action(async (first: string, second: string | undefined, options: DiffOptions) => {
    process.exitCode = await (await bundleRoom()).bundleDiff(first, second, options);
  });

program
  .command('redis-windows')
  .description(words('cli.about.redisWindows'))
  .helpCommand(false)
  .exitOverride()
  .command('inspect <file>')
  .description(words('cli.about.redisWindowsInspect'))
  .option('--sha256 <hash>', words('cli.option.releaseHash'))
  .option('--use-anyway <characters>', words('cli.option.useAnyway'))
  .option('--redis-version <version>', words('cli.option.redisVersion'))
  .option('--json', words('cli.option.bundleJson'))
  .addHelpText('after', () => `\n${say(message('cli.windowsArchive.memurai', { howTo: say(message('windowsArchive.memurai.howTo')) }))}`)
  .addHelpText('after', exitCodes)
  .exitOverride()
  .action(async (file: string, options: RedisWindowsOptions) => {
    const { redisWindowsInspect } = await import('./cli/redisWindowsCommand.ts');
    process.exitCode = await redisWindowsInspect(file, options);
  });

program
  .command('doctor')
  .description(words('cli.about.doctor'))
  .option('--windows-first-run', words('cli.option.windowsFirstRun'))
  .option('--spec <file>', words('cli.option.spec'))
  .option('--server <name>', words('cli.option.doctorServer'))
  .option('--output <folder>', words('cli.option.doctorOutput'))
  .option('--yes', words('cli.option.doctorYes'))
  .option('--accept-new-host-keys', words('cli.option.acceptNewHostKeys'))
  .option('--json', words('cli.option.bundleJson'))
  .addHelpText('after', exitCodes)
  .exitOverride()
  .action(async (options: DoctorOptions) => {
    const { doctorCommand } = await import('./cli/doctorCommand.ts');
    process.exitCode = await doctorCommand(options);
  });

program
  .command('export')
  .description(words('cli.about.export'))
  .requiredOption('--as <kind>', words('cli.option.as'))
  .option('--spec <file>', words('cli.option.spec'))
  .option('--bundle <file>', words('cli.option.exportBundle'))
  .requiredOption('--out <folder>', words('cli.option.exportOut'))
  .option('--json', words('cli.option.bundleJson'))
  .exitOverride()
  .action(async (options: PlainExportOptions) => {
    const { exportPlainFiles } = await import('./cli/exportCommand.ts');
    process.exitCode = await exportPlainFiles(options);
  });

// A run that goes on hears SIGTERM and ends safely; before and after one it ends the process as usual.
endWithReader([process.stdout, process.stderr], process, () => process.kill(process.pid, 'SIGTERM'));

/** Runs what was asked for. A function, since the console executable is CommonJS, where nothing may be awaited outside of one. */
async function main(): Promise<void> {
  try {
    await program.parseAsync(process.argv);
  } catch (error) {
    // Commander has said what was wrong; help and --version end here too.
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0 && process.argv.includes('--json')) {
      const [{ resultOfFailure }, { fail }, { adminSubject }] = await Promise.all([
        import('./report/failureResult.ts'),
        import('./shared/domain/failure.ts'),
        import('./shared/domain/subject.ts'),
      ]);
      const { failure } = fail('usage.invalid', adminSubject, { values: { reason: error.message } });
      process.stdout.write(`${JSON.stringify(resultOfFailure(failure))}\n`);
    }
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}

void main();
