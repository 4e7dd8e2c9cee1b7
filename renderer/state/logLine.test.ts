import { describe, expect, it } from 'vitest';
import { everySample } from '../../electron/report/testing/sampleRecord.ts';
import { isMessageCode, say } from '../../electron/shared/messages/message.ts';
import { eventsOfRecord } from '../bridge/testing/eventsOfRecord.ts';
import { logLineOf, phaseTitle } from './logLine.ts';

const bodies = everySample().flatMap(({ record }) => eventsOfRecord(record).map(({ body }) => body));
const lineOf = (body: (typeof bodies)[number]): ReturnType<typeof logLineOf> => logLineOf({ ...body, seq: 1, at: '', sinceStartMs: 1 });

describe('lines of a log', () => {
  it('are worded for every event that the samples know', () => {
    for (const body of bodies) {
      const line = lineOf(body);
      if (line === null) continue;
      expect(line.text.code).toSatisfy(isMessageCode);
      expect(say(line.text)).not.toMatch(/\{\{\w+\}\}/u);
    }
  });

  it('are not written for what is only measured or drawn', () => {
    const silent = new Set(bodies.filter((body) => lineOf(body) === null).map(({ type }) => type));
    expect([...silent].toSorted()).toEqual(
      ['changesPlanned', 'clusterObserved', 'factsGathered', 'matrixMeasured', 'measured', 'trialProgress', 'trialRoles'].toSorted(),
    );
  });

  it('make a failed phase and a failed check errors, with the place where', () => {
    const failed = bodies.filter((body) => body.type === 'checkFinished' && body.result.verdict === 'fail').map(lineOf);
    expect(failed[0]).toMatchObject({ level: 'error', server: 'server-2', where: 'server-2 → server-3:17000' });
    const phase = bodies.filter((body) => body.type === 'phaseFinished' && body.outcome === 'failed').map(lineOf);
    expect(phase[0]).toMatchObject({ level: 'error', text: { code: 'host.diskFull' } });
  });

  it('show a phase that the catalogue does not know by its name', () => {
    expect(say(phaseTitle('startNodes'))).toBe('Start the nodes');
    expect(say(phaseTitle('someday'))).toContain('someday');
  });
});
