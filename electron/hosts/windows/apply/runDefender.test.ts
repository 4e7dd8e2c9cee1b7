import { describe, expect, test } from 'vitest';
import type { Change } from '../../../shared/domain/change.ts';
import { failureFrom } from '../../linux/testing/failureFrom.ts';
import { observeNothing, startFakeHost } from '../testing/fakeHost.ts';

const ROOT = 'C:\\Triad';
const NODE = `${ROOT}\\nodes\\7000`;
const NO_PAYLOAD = new Map<string, Uint8Array>();

describe('what Microsoft Defender is told', () => {
  const exclude = (path: string): Change => ({ kind: 'defender', id: `defender:${path}`, path, action: 'exclude' });
  const include = (path: string): Change => ({ kind: 'defender', id: `defender:${path}`, path, action: 'include' });
  const ANSWER = (answer: unknown, code = 0): { readonly code: number; readonly stdout: string } => ({
    code,
    stdout: `TRIAD-ANSWER-BEGIN\r\n${JSON.stringify(answer)}\r\nTRIAD-ANSWER-END\r\n`,
  });

  /** A Defender that keeps its exclusions, and takes those that it may. */
  function defenderWith(takes: (path: string) => boolean): {
    readonly exclusions: string[];
    readonly onCall: (call: { readonly program: string; readonly args: readonly string[] }) => ReturnType<typeof ANSWER> | null;
  } {
    const exclusions: string[] = [];
    return {
      exclusions,
      onCall: ({ program, args }) => {
        if (program !== 'powershell.exe') return null;
        const script = Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le');
        const request: unknown = JSON.parse(/-InputObject '(?<json>\{.*\})'/u.exec(script)?.groups?.['json'] ?? '{}');
        const paths = (request as { readonly paths?: readonly string[] }).paths ?? [];
        if (script.includes('Add-MpPreference')) {
          exclusions.push(...paths.filter(takes));
          return ANSWER({ missing: paths.filter((path) => !exclusions.includes(path)) });
        }
        if (script.includes('Remove-MpPreference')) {
          for (const path of paths.filter(takes)) exclusions.splice(exclusions.indexOf(path), 1);
          return ANSWER({ left: paths.filter((path) => exclusions.includes(path)) });
        }
        const defender = { isRunning: true, isRealTime: true, isTamperProtected: false, exclusions, takesLocalExclusions: true };
        return ANSWER({ languageMode: 'FullLanguage', version: '5.1', defender, defenderError: null });
      },
    };
  }

  test('folders are excluded in one call and scanned again in another, and the next look sees it', async () => {
    const { exclusions, onCall } = defenderWith(() => true);
    const { host, fake } = await startFakeHost({ onCall });
    const seen = async (): Promise<readonly string[] | undefined> => (await host.observe(observeNothing)).windows?.defender?.exclusions;
    expect(await seen()).toEqual([]);
    const before = fake.calls.length;
    expect(await host.apply([exclude(NODE), exclude(ROOT)], NO_PAYLOAD)).toEqual([
      { id: `defender:${NODE}`, outcome: 'done', evidence: '' },
      { id: `defender:${ROOT}`, outcome: 'done', evidence: '' },
    ]);
    expect(fake.calls.slice(before).map((call) => call.split(' ')[0])).toEqual(['powershell.exe']);
    expect(await seen()).toEqual([NODE, ROOT]);
    await host.apply([include(NODE)], NO_PAYLOAD);
    expect([await seen(), exclusions]).toEqual([[ROOT], [ROOT]]);
  });

  test('what it does not take is refused and stops nothing, whether it says nothing or does not run', async () => {
    const { onCall } = defenderWith((path) => path !== NODE);
    const tamper = await startFakeHost({ onCall });
    const owner = 'Administrators';
    const folder: Change = { kind: 'folder', id: `folder:${ROOT}`, path: ROOT, owner, group: owner, mode: 0o755, exists: false };
    expect(await tamper.host.apply([exclude(NODE), exclude(ROOT), folder], NO_PAYLOAD)).toEqual([
      { id: `defender:${NODE}`, outcome: 'refused', evidence: expect.stringContaining('a policy or its tamper protection') as unknown },
      { id: `defender:${ROOT}`, outcome: 'done', evidence: '' },
      { id: `folder:${ROOT}`, outcome: 'done', evidence: '' },
    ]);
    const words = 'Operation failed with the following error: 0x800106ba.';
    const off = await startFakeHost({
      onCall: ({ program }) => (program === 'powershell.exe' ? ANSWER({ error: -2_147_417_798, words }, 1) : null),
    });
    expect(await off.host.apply([exclude(NODE)], NO_PAYLOAD)).toEqual([
      { id: `defender:${NODE}`, outcome: 'refused', evidence: expect.stringContaining(words) as unknown },
    ]);
  });

  test('a connection that is lost meanwhile is no refusal', async () => {
    const set = await startFakeHost({
      onCall: async ({ program }) => {
        if (program !== 'powershell.exe') return null;
        await set.host.close();
        return ANSWER({ missing: [] });
      },
    });
    expect((await failureFrom(set.host.apply([exclude(NODE)], NO_PAYLOAD))).code).toMatch(/^ssh\./u);
  });
});
