import { describe, expect, it } from 'vitest';
import { PROCEDURE_NAMES } from '../../shared/contract/channels.ts';
import { procedures } from '../../shared/contract/procedures.ts';
import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { createRedactor } from '../log/redact.ts';
import { createFakeContract } from '../testing/fakeContract.ts';
import { createFakeLog, type FakeLog } from '../testing/fakeLog.ts';
import { createCallServer, MAX_INPUT_BYTES, type CallServer } from './callServer.ts';
import type { ContractApi } from './contractApi.ts';
import { createRefusalLog } from './refusal.ts';

const ID = 'a'.repeat(32);

function serve(answers: Partial<ContractApi['procedures']>): {
  readonly call: CallServer;
  readonly log: FakeLog;
  readonly asked: string[];
} {
  const log = createFakeLog();
  const asked: string[] = [];
  const noted = Object.fromEntries(
    Object.entries(answers).map(([name, handle]) => [
      name,
      (input: unknown) => {
        asked.push(name);
        return handle(input);
      },
    ]),
  );
  const api = createFakeContract({ procedures: noted });
  const call = createCallServer({
    api: () => Promise.resolve(api),
    log,
    refuse: createRefusalLog(log, () => 0),
    redactor: createRedactor(),
  });
  return { call, log, asked };
}

const reasonOf = async (reply: ReturnType<CallServer>): Promise<string> => {
  const answer = await reply;
  return answer.ok ? 'no failure' : `${answer.failure.code}: ${String(answer.failure.values['reason'])}`;
};

describe('a call of the contract', () => {
  it('reaches its handler with the parsed input, and brings back the parsed value', async () => {
    const { call } = serve({
      'secrets.known': (input) => Promise.resolve(input === ID ? ['REDIS_PASSWORD'] : []),
      'runs.start': () => Promise.resolve({ runId: 'run-1', secretOfTheCore: 'x' }),
    });
    expect(await call('secrets.known', ID)).toEqual({ ok: true, value: ['REDIS_PASSWORD'] });
    const wish = { draft: ID, workflow: 'plan', servers: [], reviewed: null, deleteData: false };
    expect(await call('runs.start', wish)).toEqual({ ok: true, value: { runId: 'run-1' } });
  });

  it('waits for a core that is still loading', async () => {
    const log = createFakeLog();
    let arrive: (api: ContractApi) => void = () => undefined;
    const api = new Promise<ContractApi>((resolve) => {
      arrive = resolve;
    });
    const call = createCallServer({ api: () => api, log, refuse: createRefusalLog(log, () => 0), redactor: createRedactor() });
    const reply = call('secrets.known', ID);
    arrive(createFakeContract({ procedures: { 'secrets.known': () => Promise.resolve([]) } }));
    expect(await reply).toEqual({ ok: true, value: [] });
  });
});

describe('a hostile call', () => {
  it.each([undefined, null, 7, '', 'nope', 'toString', '__proto__', 'constructor', ['app.start'], { name: 'app.start' }])(
    'of something unknown reaches nothing: %j',
    async (name) => {
      const { call, log, asked } = serve({});
      expect(await reasonOf(call(name, undefined))).toContain('internal: the window asked for something that Triad does not know');
      expect(asked).toEqual([]);
      expect(log.lines).toHaveLength(1);
    },
  );

  it.each(PROCEDURE_NAMES)('of %s with wrong input reaches no handler', async (name) => {
    const all: readonly unknown[] = [7, true, '', '../../etc/passwd', [], {}, { draft: ID }, { runId: '../x' }, null, 'x'.repeat(100)];
    const wrong = all.filter((input) => !procedures[name].input.safeParse(input).success);
    const { call, asked } = serve({ [name]: () => Promise.reject(new Error('reached')) });
    const reasons = await Promise.all(wrong.map((input) => reasonOf(call(name, input))));
    expect(new Set(reasons)).toEqual(new Set(['internal: the window asked in a way that Triad does not understand']));
    expect(asked).toEqual([]);
  });

  it('that writes to prototypes reaches no handler and changes nothing', async () => {
    const { call, asked } = serve({ 'secrets.store': () => Promise.resolve({ kept: 'memory' }) });
    const input: unknown = JSON.parse(`{"draft":"${ID}","name":"REDIS_PASSWORD","value":"x","__proto__":{"isAdmin":true}}`);
    expect(await reasonOf(call('secrets.store', input))).toContain('does not understand');
    expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
    expect(asked).toEqual([]);
  });

  it('that is too large is refused before it is read any further', async () => {
    const { call, asked } = serve({ 'app.copy': () => Promise.resolve(undefined) });
    expect(await reasonOf(call('app.copy', 'x'.repeat(MAX_INPUT_BYTES)))).toContain('more data than Triad takes');
    expect(await reasonOf(call('app.copy', { text: ['x'.repeat(MAX_INPUT_BYTES)] }))).toContain('more data than Triad takes');
    expect(asked).toEqual([]);
    expect(await call('app.copy', 'x'.repeat(1_000_000))).toEqual({ ok: true, value: undefined });
  });

  it('in a burst of thousands is answered a hundred at a time, and does not fill the log', async () => {
    const waiting: (() => void)[] = [];
    const { call, log, asked } = serve({
      'home.list': () =>
        new Promise((resolve) => {
          waiting.push(() => resolve([]));
        }),
    });
    const replies = Array.from({ length: 5000 }, () => call('home.list', undefined));
    await Promise.resolve();
    while (asked.length < 100) await Promise.resolve();
    for (const finish of waiting) finish();
    const answers = await Promise.all(replies);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(100);
    expect(log.lines.length).toBeLessThan(30);
    // And afterwards it serves as before.
    const after = call('home.list', undefined);
    while (asked.length < 101) await Promise.resolve();
    waiting.at(-1)?.();
    expect(await after).toEqual({ ok: true, value: [] });
  });
});

describe('what goes wrong in the core', () => {
  it('is told as it is when it was foreseen', async () => {
    const failure = fail('ssh.refused', adminSubject, { values: { endpoint: '10.0.0.1:22' }, evidence: 'ECONNREFUSED' });
    const { call } = serve({ 'drafts.create': () => Promise.reject(failure) });
    expect(await call('drafts.create', undefined)).toEqual({ ok: false, failure: failure.failure });
  });

  it('shows the window a sentence and the log the stack when it was not', async () => {
    const { call, log } = serve({ 'drafts.create': () => Promise.reject(new TypeError('x is not a function')) });
    const reply = await call('drafts.create', undefined);
    expect(reply).toEqual({
      ok: false,
      failure: { code: 'internal', subject: { kind: 'admin' }, values: { reason: 'x is not a function' }, evidence: '', retryable: false },
    });
    expect(log.lines.join('\n')).toMatch(/contract\.failed .*drafts\.create[\s\S]*TypeError: x is not a function\n\s+at /u);
  });

  it('never sends a stack, even one that stands in a failure', async () => {
    const withStack = fail('internal', adminSubject, { values: { reason: 'x' }, evidence: new Error('x').stack ?? '' });
    const { call } = serve({ 'drafts.create': () => Promise.reject(withStack) });
    expect(JSON.stringify(await call('drafts.create', undefined))).not.toContain('    at ');
  });

  it('is an answer that is not as the table says', async () => {
    const { call, log } = serve({ 'home.list': () => Promise.resolve([{ name: 'hunter2' }]) });
    expect(await reasonOf(call('home.list', undefined))).toContain('the answer was not as it should be');
    expect(log.lines.join('\n')).toContain('0.draftId');
    expect(log.lines.join('\n')).not.toContain('hunter2');
  });
});

describe('secrets that pass through', () => {
  it('are in no failure and known to the log from then on', async () => {
    const redactor = createRedactor();
    const log = createFakeLog();
    const api = createFakeContract({
      procedures: {
        'secrets.store': () => Promise.reject(new Error('cannot keep correct-horse')),
        'secrets.reveal': () => Promise.resolve('battery-staple'),
      },
    });
    const call = createCallServer({ api: () => Promise.resolve(api), log, refuse: createRefusalLog(log, () => 0), redactor });
    const reply = await call('secrets.store', { draft: ID, name: 'REDIS_PASSWORD', value: 'correct-horse' });
    expect(JSON.stringify(reply)).toContain('cannot keep [hidden]');
    await call('secrets.reveal', { draft: ID, name: 'REDIS_PASSWORD' });
    expect(redactor.redact('correct-horse battery-staple')).toBe('[hidden] [hidden]');
  });
});
