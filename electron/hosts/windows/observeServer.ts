import { z } from 'zod';
import { FAULT_RULE_PREFIX } from '../../shared/domain/fault.ts';
import { WindowsFacts, type HostKey, type ServerFacts } from '../../shared/domain/server.ts';
import { FailureError } from '../../shared/domain/failure.ts';
import { stepBounds } from '../callBounds.ts';
import type { CallOptions, ObserveRequest } from '../host.ts';
import { factsFrom, type DefenderState, type HelperState } from './factsFrom.ts';
import { whyNoHelper, type Helper } from './helper.ts';
import { FirewallAnswer, ObserveAnswer } from './helperAnswers.ts';
import { observeByPowershell } from './observeByPowershell.ts';
import { readPortRanges, type PortRanges } from './portRanges.ts';
import type { Powershell } from './powershell/runPowershell.ts';
import { readClock, type ClockTold } from './readClock.ts';
import type { WindowsShell } from './windowsShell.ts';

const OBSERVE_DEADLINE_MS = 30_000;
const STATE_DEADLINE_MS = 20_000;
/** What a PowerShell that nothing limits calls itself. */
const FULL_LANGUAGE = 'FullLanguage';
const RUNS: HelperState = { state: 'runs', sha256: null };

/** What `state` of the PowerShell scripts answers. */
export const StateAnswer = z.object({
  languageMode: z.string(),
  version: z.string(),
  defender: WindowsFacts.shape.defender,
  defenderError: z.string().nullable(),
});

/** Looks at a Windows server; one is made for each connection. */
export interface WindowsObserver {
  observe(request: ObserveRequest, options?: CallOptions): Promise<ServerFacts>;
  /** The next look asks Microsoft Defender again: it was told something. */
  readonly forgetDefender: () => void;
}

/** What a look is made with, beside the helper. */
interface ObserverTools {
  readonly powershell: Powershell;
  readonly shell: WindowsShell;
  /** Asks for the time where the helper may not run: a program that runs already when it is asked. */
  readonly clock: (options?: CallOptions) => Promise<ClockTold>;
}

/** The items of a request, one a line. A path whose text is wanted is asked for by that word alone. */
export function observeItems(request: ObserveRequest): string {
  const withContent = new Set(request.contentOf);
  const paths = [...new Set([...request.paths, ...request.serviceFolders])];
  const items: readonly (readonly [string, string])[] = [
    ...paths.map((path) => [withContent.has(path) ? 'content' : 'path', path] as const),
    ...request.logs.map((path) => ['log', path] as const),
    ...request.units.map((unit) => ['service', unit] as const),
    ...request.ports.map((port) => ['port', String(port)] as const),
    ...request.disks.map((disk) => ['disk', disk] as const),
  ];
  return `${items.map((item) => item.join('\t')).join('\n')}\n\n`;
}

/**
 * Makes the observer. PowerShell and netsh are asked once a connection: starting them takes as long as all the rest, and what they tell changes only when
 * Triad changes it.
 */
export function createObserver(
  helper: Helper,
  { powershell, shell, clock: askClock }: ObserverTools,
  { server, hostKey, loginUser }: { readonly server: string; readonly hostKey: HostKey; readonly loginUser: string },
): WindowsObserver {
  const known = { server, hostKey, loginUser };
  let state: Promise<DefenderState> | null = null;
  let ranges: Promise<PortRanges> | null = null;

  /** What cannot be learnt from PowerShell is not known; nothing depends on it. */
  const readState = async (options?: CallOptions): Promise<DefenderState> => {
    try {
      return await powershell.ask('state', {}, StateAnswer, {
        ...options,
        deadlineMs: Math.min(STATE_DEADLINE_MS, options?.deadlineMs ?? STATE_DEADLINE_MS),
      });
    } catch (error) {
      if (options?.signal?.aborted === true) throw error;
      return { languageMode: null, defender: null };
    }
  };

  /** The clock, or where that tells nothing `whole`: the time that a look told, with all of it as the uncertainty, for PowerShell takes its time to start. */
  const clockOr = async (whole: ClockTold, options?: CallOptions): Promise<ClockTold> => {
    try {
      return await askClock(options);
    } catch (error) {
      if (options?.signal?.aborted === true) throw error;
      return whole;
    }
  };

  /** Looks by PowerShell. Where that may not look either, it is the helper that must be allowed: its failure is the one that is told. */
  const withoutHelper = async (
    request: ObserveRequest,
    others: { readonly state: DefenderState; readonly ports: PortRanges; readonly helper: HelperState },
    failure: FailureError,
    options?: CallOptions,
  ): Promise<ServerFacts> => {
    const sentAtMs = Date.now();
    const { seen, firewall, timeMs, excludedPorts } = await observeByPowershell(
      powershell,
      { ...request, rulePrefixes: [`${request.firewallTag}:`, FAULT_RULE_PREFIX] },
      options,
    ).catch((error: unknown) => {
      if (options?.signal?.aborted === true) throw error;
      throw failure;
    });
    const whole = { timeMs, sentAtMs, firstOutputAtMs: Date.now() };
    const clock = others.state.languageMode === FULL_LANGUAGE ? await clockOr(whole, options) : whole;
    // What netsh printed counts first: it was read as it is, without PowerShell's own reading.
    const ports = { ...others.ports, excludedPorts: others.ports.excludedPorts ?? [...excludedPorts] };
    return factsFrom({ ...known, ...others, ports, request, seen, firewall, clock });
  };

  return {
    async observe(request, options) {
      const bounds = stepBounds(options, OBSERVE_DEADLINE_MS);
      state ??= readState(bounds()).catch((error: unknown) => {
        state = null;
        throw error;
      });
      ranges ??= readPortRanges(shell, bounds()).catch((error: unknown) => {
        ranges = null;
        throw error;
      });
      try {
        const [seen, firewall, defender, ports] = await Promise.all([
          helper.ask({ step: 'observe', verb: 'observe', input: [observeItems(request)], answer: ObserveAnswer }, bounds()),
          helper.ask(
            { step: 'observe', verb: 'firewall', args: [`${request.firewallTag}:`, FAULT_RULE_PREFIX], answer: FirewallAnswer },
            bounds(),
          ),
          state,
          ranges,
        ]);
        // When nothing else goes on there: a program that must wait for a processor tells the clock badly.
        const clock = await readClock(helper, bounds());
        return factsFrom({ ...known, request, seen: seen.answer, firewall: firewall.answer, state: defender, ports, helper: RUNS, clock });
      } catch (error) {
        const why = whyNoHelper(error);
        if (why === null || !(error instanceof FailureError)) throw error;
        const blocked = { state: why, sha256: String(error.failure.values['sha256'] ?? '') };
        return withoutHelper(request, { state: await state, ports: await ranges, helper: blocked }, error, options);
      }
    },
    forgetDefender() {
      state = null;
    },
  };
}
