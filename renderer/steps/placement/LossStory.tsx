import type { ReactNode } from 'react';
import { predictOutage } from '../../../electron/shared/domain/failover.ts';
import { lossStoryOf } from '../../../electron/shared/domain/layoutAfterLoss.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { formatDurationRange, formatSlots } from '../../../electron/shared/domain/reportFormat.ts';
import type { Verdict } from '../../../electron/shared/domain/verdict.ts';
import { Said } from '../../widgets/Said.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './placement.module.css';

/** A moment that the step shows: as planned, or one after the loss of a server. */
export type Scene = { readonly kind: 'planned' } | { readonly kind: 'during' | 'after' | 'restored'; readonly server: string };

/** What {@link LossStory} takes. */
export interface LossStoryProps {
  readonly plan: ClusterPlan;
  readonly scene: Scene;
}

interface Told {
  readonly lines: readonly string[];
  readonly verdict: Verdict;
  readonly survival: string;
}

/** What happens in a scene, in the order in which it happens, and which loss would be survived then. */
export function LossStory({ plan, scene }: LossStoryProps): ReactNode {
  const text = useText();
  const told = useTold(plan, scene);
  if (told === null) return null;
  return (
    <section className={classes['story']} aria-label={text('window.placement.story')} aria-live="polite">
      <ul>
        {told.lines.map((line) => (
          <li key={line}>
            <Said>{line}</Said>
          </li>
        ))}
      </ul>
      <VerdictMark verdict={told.verdict} label={told.survival} />
    </section>
  );
}

function useTold(plan: ClusterPlan, scene: Scene): Told | null {
  const text = useText();
  if (scene.kind === 'planned') {
    const pairs = plan.nodes
      .flatMap((node) =>
        node.replicaOf === null ? [] : [text('window.placement.planned.pair', { master: node.replicaOf, replica: node.id })],
      )
      .toSorted()
      .join('; ');
    return {
      lines: [text('window.placement.planned.crossed', { pairs }), text('window.placement.planned.majority')],
      verdict: 'pass',
      survival: text('window.placement.survivesAny'),
    };
  }
  const story = lossStoryOf(plan, scene.server);
  if (story === null) return null;
  const { lostMaster, lostReplica, successor, uncopied } = story;
  const { outageFromMs, outageToMs } = predictOutage(plan.settings.nodeTimeoutMs);
  switch (scene.kind) {
    case 'during':
      return {
        lines: [
          text('window.placement.during.takeover', {
            master: lostMaster.id,
            replica: successor.id,
            server: successor.server,
            range: formatDurationRange(outageFromMs, outageToMs),
            slots: formatSlots(lostMaster.slots === null ? [] : [lostMaster.slots]),
          }),
          text('window.placement.during.outage'),
          text('window.placement.during.writes', { master: lostMaster.id }),
          text('window.placement.during.uncopied', { replica: lostReplica.id, master: uncopied.id }),
        ],
        verdict: 'passWithoutTolerance',
        survival: text('window.placement.during.survives', { server: scene.server }),
      };
    case 'after':
      return {
        lines: [
          text('window.placement.after.returns', { master: lostMaster.id, replica: successor.id }),
          text('window.placement.after.copied', { replica: lostReplica.id, master: uncopied.id }),
          text('window.placement.after.clients'),
        ],
        verdict: 'passWithoutTolerance',
        survival: text('window.placement.after.survives', { server: successor.server }),
      };
    case 'restored':
      return {
        lines: [text('window.placement.restored.how'), text('window.placement.restored.blink')],
        verdict: 'pass',
        survival: text('window.placement.survivesAny'),
      };
  }
}
