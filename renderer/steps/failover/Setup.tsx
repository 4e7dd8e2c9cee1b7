import { Checkbox, List, Radio, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { predictOutage } from '../../../electron/shared/domain/failover.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { formatCount, formatDuration, formatDurationRange } from '../../../electron/shared/domain/reportFormat.ts';
import { layoutOfNodes, plannedLayout, type ClusterLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import type { TriedServer } from '../../../electron/shared/domain/triedServers.ts';
import { minuteOf } from '../../widgets/minuteOf.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './failover.module.css';

/** Every server in turn, or one by its name. */
export type Victims = { readonly kind: 'all' } | { readonly kind: 'one'; readonly server: string };

/** What has been chosen so far. */
export interface Choice {
  readonly victims: Victims;
  readonly isAgreed: boolean;
}

/** What a trial takes beside the outage itself, milliseconds: baseline, start, first copy, roles, reading back (measured: 8 to 10 s). */
const AROUND_OUTAGE_MS = 10_000;
const ALL = '*';

/** How long a test will take, rounded to ten seconds. */
function estimateMs(nodeTimeoutMs: number, trials: number): number {
  return Math.ceil(((predictOutage(nodeTimeoutMs).outageToMs + AROUND_OUTAGE_MS) * trials) / 10_000) * 10_000;
}

/** An estimate in whole seconds, because a tenth of one would be a promise. */
function about(ms: number): string {
  return ms < 60_000 ? `${formatCount(ms / 1000)} s` : formatDuration(ms);
}

function layoutWithout(plan: ClusterPlan, victims: Victims): ClusterLayout {
  const planned = plannedLayout(plan);
  if (victims.kind === 'all') return planned;
  const nodes = planned.nodes.map((node) => (node.server === victims.server ? { ...node, state: 'lost' as const } : node));
  return layoutOfNodes(plan, 'planned', null, nodes);
}

/** Before the test: what it does, what clients notice, which server, and whether its users know. */
export function Setup({
  plan,
  choice,
  tried,
  onChange,
}: {
  readonly plan: ClusterPlan;
  readonly choice: Choice;
  /** Each server with its last trial. */
  readonly tried: readonly TriedServer[];
  readonly onChange: (choice: Choice) => void;
}): ReactNode {
  const text = useText();
  const { nodeTimeoutMs } = plan.settings;
  const { outageFromMs, outageToMs } = predictOutage(nodeTimeoutMs);
  const { victims } = choice;
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
            <List.Item>{text('window.failover.notice.lost')}</List.Item>
            <List.Item>{text('window.failover.notice.window')}</List.Item>
          </List>
        </section>
        <section>
          <h2>{text('window.failover.does.title')}</h2>
          <List type="ordered" spacing={4}>
            {(['ready', 'baseline', 'kill', 'wait', 'heal'] as const).map((part) => (
              <List.Item key={part}>{text(`window.failover.does.${part}`)}</List.Item>
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
            onChange({ victims: value === ALL ? { kind: 'all' } : { kind: 'one', server: value }, isAgreed: false });
          }}
        >
          <Stack gap="xs" mt="xs">
            <Radio
              value={ALL}
              label={text('window.failover.choice.all')}
              description={text('window.failover.choice.allNote', { time: about(estimateMs(nodeTimeoutMs, plan.servers.length)) })}
            />
            {plan.servers.map(({ name }) => (
              <Radio
                key={name}
                value={name}
                label={text('window.failover.choice.one', { server: name })}
                description={`${text('window.failover.choice.oneNote', { time: about(estimateMs(nodeTimeoutMs, 1)) })}. ${lastTrial(name)}`}
              />
            ))}
          </Stack>
        </Radio.Group>
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
          <Topology id="setup-roles" layout={layoutWithout(plan, victims)} title={text('window.failover.layout.title')} width={380} />
        </div>
      </Stack>
    </div>
  );
}
