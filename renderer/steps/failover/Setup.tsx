import { Checkbox, List, NativeSelect, Radio, Stack, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { nodesHit } from '../../../electron/shared/domain/fault.ts';
import { predictOutageOf } from '../../../electron/shared/domain/failover.ts';
import { longestWords } from '../../../electron/shared/domain/faultLimit.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { canBeTriedOn } from '../../../electron/shared/domain/fault.ts';
import { formatCount, formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { layoutOfNodes, plannedLayout, type ClusterLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { FailoverScenario, SCENARIO_FACTS, SCENARIOS } from '../../../electron/shared/domain/scenario.ts';
import type { FailoverTestSpec } from '../../../electron/shared/domain/spec.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import type { TriedServer } from '../../../electron/shared/domain/triedServers.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { Fold } from '../../widgets/Fold.tsx';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { useText } from '../../widgets/useText.ts';
import { AlsoMeasure, type AlsoMeasured } from './AlsoMeasure.tsx';
import classes from './failover.module.css';

/** Every server in turn, or one by its name. */
export type Victims = { readonly kind: 'all' } | { readonly kind: 'one'; readonly server: string };

/** What has been chosen so far. */
export interface Choice {
  readonly victims: Victims;
  readonly scenario: FailoverScenario;
  /** What is measured beside the test's own writes, and what an application notices. */
  readonly also: readonly AlsoMeasured[];
  readonly isAgreed: boolean;
  /** The cluster's name as it was typed so far. */
  readonly typed: string;
}

/**
 * What is chosen before anybody has chosen: what the specification says, as far as the wizard can do it at once, else the loss of each server in turn.
 * A scenario that cannot be made on what the servers run on is none.
 */
export function choiceAtFirst(plan: ClusterPlan | null, preset: FailoverTestSpec = {}): Choice {
  const [server, ...others] = preset.servers ?? [];
  const victims: Victims = server === undefined || others.length === 2 ? { kind: 'all' } : { kind: 'one', server };
  const [scenario = 'serverLost'] = preset.scenarios ?? [];
  const isPossible = plan !== null && possibleScenarios(plan, victims).includes(scenario);
  return { victims, scenario: isPossible ? scenario : 'serverLost', also: [], isAgreed: false, typed: '' };
}

/**
 * How many trials a preset names that the wizard does not make at once; null where it makes all of them. All scenarios are those that the command line makes without
 * further options.
 */
function presetTrials(plan: ClusterPlan, { scenarios = ['serverLost'], servers, rounds = 1 }: FailoverTestSpec): number | null {
  const victims = servers ?? plan.servers.map(({ name }) => name);
  if (scenarios.length === 1 && rounds === 1 && (victims.length === 1 || victims.length === plan.servers.length)) return null;
  const isAll = SCENARIOS.every((one) => scenarios.includes(one));
  const made = victims.flatMap((server) => (isAll ? possibleScenarios(plan, { kind: 'one', server }) : scenarios));
  return made.length * rounds;
}

/** The scenarios that can be made on all of these servers, without commands that only the command line takes. */
function possibleScenarios(plan: ClusterPlan, victims: Victims): readonly FailoverScenario[] {
  return SCENARIOS.filter(
    (one) => !SCENARIO_FACTS[one].needsPower && victimsOf(plan, victims).every((name) => canBeTriedOn(plan, name, one)),
  );
}

/** What a trial takes beside the outage itself, milliseconds: baseline, start, first copy, roles, reading back (measured: 8 to 10 s). */
const AROUND_OUTAGE_MS = 10_000;
const ALL = '*';

/** How long a test will take, rounded to ten seconds. */
function estimateMs({ settings }: ClusterPlan, scenario: FailoverScenario, trials: number): number {
  return Math.ceil(((predictOutageOf(scenario, settings).outageToMs + AROUND_OUTAGE_MS) * trials) / 10_000) * 10_000;
}

/** An estimate in whole seconds, because a tenth of one would be a promise. */
function about(ms: number): string {
  return ms < 60_000 ? `${formatCount(ms / 1000)} s` : formatDuration(ms);
}

function layoutWithout(plan: ClusterPlan, { victims, scenario }: Choice): ClusterLayout {
  const planned = plannedLayout(plan);
  if (victims.kind === 'all') return planned;
  const hit = new Set(nodesHit(plan, scenario, victims.server).map(({ id }) => id));
  const nodes = planned.nodes.map((node) => (hit.has(node.id) ? { ...node, state: 'lost' as const } : node));
  return layoutOfNodes(plan, 'planned', null, nodes);
}

/** The names of the servers that a test hits. */
function victimsOf(plan: ClusterPlan, victims: Victims): readonly string[] {
  return victims.kind === 'all' ? plan.servers.map(({ name }) => name) : [victims.server];
}

/** Before the test: what it does, what clients notice, which server, and whether its users know. */
export function Setup({
  plan,
  choice,
  tried,
  needsName,
  preset,
  onChange,
}: {
  readonly plan: ClusterPlan;
  readonly choice: Choice;
  /** Each server with its last trial. */
  readonly tried: readonly TriedServer[];
  /** Whether the last test was refused because the cluster holds keys. */
  readonly needsName: boolean;
  /** What the specification says of the test. */
  readonly preset: FailoverTestSpec | undefined;
  readonly onChange: (choice: Choice) => void;
}): ReactNode {
  const text = useText();
  const { nodeTimeoutMs } = plan.settings;
  const { victims, scenario } = choice;
  const { outageFromMs, outageToMs } = predictOutageOf(scenario, plan.settings);
  const possible = possibleScenarios(plan, victims);
  const trials = preset === undefined ? null : presetTrials(plan, preset);
  const lastTrial = (server: string): string => {
    const trial = tried.find((one) => one.server === server)?.trial ?? null;
    if (trial === null) return text('window.failover.choice.never');
    const { startedAt, verdict, outageMs } = trial;
    return text('window.failover.choice.last', {
      at: minuteOf(startedAt),
      verdict: text(`report.verdict.${verdict}`),
      outage: formatDuration(outageMs),
    });
  };
  return (
    <div className={classes['setup']}>
      <Stack gap="lg">
        <section>
          <h2>{text('window.failover.notice.title')}</h2>
          <List spacing={4}>
            <List.Item>
              {text('window.failover.notice.outage', {
                range: formatDurationRange(outageFromMs, outageToMs),
                timeout: nodeTimeoutMs % 1000 === 0 ? about(nodeTimeoutMs) : formatDuration(nodeTimeoutMs),
              })}
            </List.Item>
            <List.Item>{text('window.failover.notice.others')}</List.Item>
            <List.Item>{say({ code: `scenario.${scenario}.clients`, values: {} })}</List.Item>
            <List.Item>{text('window.failover.notice.window')}</List.Item>
          </List>
        </section>
        <section>
          <h2>{text('window.failover.does.title')}</h2>
          <List type="ordered" spacing={4}>
            {(['ready', 'baseline', 'kill', 'wait', 'heal'] as const).map((part) => (
              <List.Item key={part}>
                {part === 'kill'
                  ? `${say({ code: `scenario.${scenario}.does`, values: {} })} ${text('window.failover.does.undo')}`
                  : text(`window.failover.does.${part}`)}
              </List.Item>
            ))}
          </List>
        </section>
      </Stack>
      <Stack gap="lg">
        <Radio.Group
          label={text('window.failover.choice')}
          value={victims.kind === 'all' ? ALL : victims.server}
          onChange={(value) => {
            // Another choice is another consent.
            onChange({ ...choice, victims: value === ALL ? { kind: 'all' } : { kind: 'one', server: value }, isAgreed: false });
          }}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value={ALL}
              label={text('window.failover.choice.all')}
              description={text('window.failover.choice.allNote', { time: about(estimateMs(plan, scenario, plan.servers.length)) })}
            />
            {plan.servers.map(({ name }) => (
              <Radio
                key={name}
                value={name}
                label={text('window.failover.choice.one', { server: name })}
                description={`${text('window.failover.choice.oneNote', { time: about(estimateMs(plan, scenario, 1)) })}. ${lastTrial(name)}`}
              />
            ))}
          </Stack>
        </Radio.Group>
        <div>
          <NativeSelect
            label={text('window.failover.scenario')}
            data={possible.map((one) => ({ value: one, label: say({ code: `scenario.${one}`, values: {} }) }))}
            value={scenario}
            onChange={(event) => {
              const chosen = FailoverScenario.safeParse(event.currentTarget.value);
              // Another way to break it is another consent too.
              if (chosen.success) onChange({ ...choice, scenario: chosen.data, isAgreed: false });
            }}
          />
          <Text size="sm" mt={4}>
            {say({ code: `scenario.${scenario}.undo`, values: {} })}
            {` ${say(longestWords(scenario, plan.settings))}`}
            {scenario === 'serverLost' ? '' : ` ${text('window.failover.scenario.less')}`}
          </Text>
          <Text size="sm" mt={4}>
            {text('window.failover.scenario.power')}
          </Text>
          {trials === null ? null : (
            <Text size="sm" mt={4}>
              {text('window.failover.preset', { trials })}
            </Text>
          )}
        </div>
        <Fold summary={text('window.failover.also')} isPlain>
          <AlsoMeasure
            also={choice.also}
            onChange={(also) => {
              onChange({ ...choice, also });
            }}
          />
        </Fold>
        {needsName ? (
          <TextInput
            label={text('window.failover.name', { cluster: plan.cluster })}
            description={text('window.failover.name.note')}
            value={choice.typed}
            onChange={(event) => {
              onChange({ ...choice, typed: event.currentTarget.value });
            }}
          />
        ) : null}
        <Checkbox
          checked={choice.isAgreed}
          label={text('window.failover.consent', {
            time: formatDuration(outageToMs),
            times: text(victims.kind === 'all' ? 'window.failover.consent.three' : 'window.failover.consent.once'),
          })}
          onChange={(event) => {
            onChange({ ...choice, isAgreed: event.currentTarget.checked });
          }}
        />
        <div className={classes['roles']}>
          <Topology id="setup-roles" layout={layoutWithout(plan, choice)} title={text('window.failover.layout.title')} width={380} />
        </div>
      </Stack>
    </div>
  );
}
