import type { Phase } from '../../engine/phase.ts';
import { isExcluded } from '../../shared/domain/defender.ts';
import { nodesOnServer } from '../../shared/domain/plan.ts';
import { failureOf } from '../../shared/domain/failure.ts';
import { serverSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { factsOf, type RunContext } from '../runContext.ts';
import { notPossible, onWindowsServer, type TellFact } from './firstRunPhase.ts';
import { saveUnderLoad } from './saveUnderLoad.ts';

function dataFoldersOn(context: RunContext, server: string): readonly string[] {
  return nodesOnServer(context.plan, server).map(({ dataFolder }) => dataFolder);
}

/** Those of them that Defender does not leave alone already: what the installation or somebody else has excluded is not taken back here. */
function scannedFoldersOn(context: RunContext, server: string): readonly string[] {
  const exclusions = factsOf(context, server).windows?.defender?.exclusions ?? [];
  return dataFoldersOn(context, server).filter((folder) => !isExcluded(folder, exclusions));
}

/** Throws `firstRun.notPossible` on a Windows server where Microsoft Defender does not watch files, or cannot be asked. After `gatherFacts`. */
export function requireDefender(tell: TellFact): Phase<RunContext> {
  return onWindowsServer('requireDefender', message('phase.requireDefender'), null, (context, server) => {
    const defender = factsOf(context, server).windows?.defender ?? null;
    tell({ server, name: 'defender', value: defender === null ? null : JSON.stringify(defender), unit: null });
    if (defender?.isRunning !== true || !defender.isRealTime)
      return Promise.reject(notPossible(server, message('firstRun.why.noDefender')));
    return Promise.resolve('observed');
  });
}

/** A time of its own: an interrupted run must take the exclusions back all the same. */
const TAKE_BACK_DEADLINE_MS = 30_000;

/** Saves under load once more while Defender leaves the folders of the nodes alone; the exclusions are taken back, whatever comes of it. */
export function saveExcluded(tell: TellFact): Phase<RunContext> {
  const saving = saveUnderLoad(tell, 'excluded.');
  return {
    ...saving,
    id: 'saveExcluded',
    title: message('phase.saveExcluded'),
    run: async (context) => {
      const hosts = [...context.hosts].flatMap(([server, { windows }]) => {
        const folders = windows === undefined ? [] : scannedFoldersOn(context, server);
        return windows === undefined || folders.length === 0 ? [] : [{ server, windows, folders }];
      });
      try {
        for (const { windows, folders } of hosts) await windows.excludeFromDefender(folders, { signal: context.signal });
        return await saving.run(context, '');
      } finally {
        for (const { server, windows, folders } of hosts)
          await windows.includeInDefender(folders, { deadlineMs: TAKE_BACK_DEADLINE_MS }).catch((error: unknown) => {
            const { code, values } = failureOf(error, serverSubject(server));
            context.emit({
              type: 'note',
              level: 'warn',
              server,
              message: message('firstRun.note.exclusionsLeft', {
                folders: folders.join(', '),
                reason: say({ code, values }),
              }),
            });
          });
      }
    },
  };
}
