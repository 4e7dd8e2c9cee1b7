import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { evidenceOf } from '../evidence.ts';
import { eachAnswer } from '../nodeObservation.ts';

/** The last write to disk worked, in the way that is planned. After a failed one Redis refuses all writes until it works again. */
export const persistence = eachAnswer('node.persistence', ['pass', 'fail', 'skipped'], (view, { node }, { plan }): Judgement => {
  const planned = plan.settings.persistence;
  const { aofEnabled, lastAofWriteOk, lastSaveOk } = view.persistence;
  const expected = message('check.node.persistence.expected', { persistence: planned });
  const evidence = evidenceOf(view.persistence);
  const remedy = message('check.node.persistence.remedy', { log: node.logFile, folder: node.dataFolder });
  switch (planned) {
    case 'none':
      return { verdict: 'skipped', expected, observed: message('check.node.persistence.none'), evidence };
    case 'rdb':
      return lastSaveOk
        ? { verdict: 'pass', expected, observed: message('check.node.persistence.observed'), evidence }
        : { verdict: 'fail', expected, observed: message('check.node.persistence.saveFailed'), evidence, remedy };
    case 'aof':
      if (!aofEnabled)
        return {
          verdict: 'fail',
          expected,
          observed: message('check.node.persistence.aofOff'),
          evidence,
          remedy: message('check.node.settings.remedy'),
        };
      return lastAofWriteOk
        ? { verdict: 'pass', expected, observed: message('check.node.persistence.observed'), evidence }
        : { verdict: 'fail', expected, observed: message('check.node.persistence.aofFailed'), evidence, remedy };
  }
});
