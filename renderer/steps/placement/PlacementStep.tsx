import { Button, Group, Radio, Text, Title } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useMemo, useState, type ReactNode } from 'react';
import { layoutAfterLoss } from '../../../electron/shared/domain/layoutAfterLoss.ts';
import type { ClusterPlan } from '../../../electron/shared/domain/plan.ts';
import { previewPlan } from '../../../electron/shared/domain/previewPlan.ts';
import { plannedLayout, type ClusterLayout } from '../../../electron/shared/domain/reportLayout.ts';
import { Topology } from '../../../electron/shared/figures/Topology.tsx';
import { useDraft } from '../../state/draft.ts';
import { useSession } from '../../state/session.ts';
import { OpenFields } from '../../widgets/OpenFields.tsx';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { LossStory, type Scene } from './LossStory.tsx';
import classes from './placement.module.css';
import { ShardTable } from './ShardTable.tsx';

/** The figure grows with its place between these widths, in px: below, its words would be cut; above, they would be far apart. */
const FIGURE = { least: 336, most: 680, unknown: 560 } as const;

/** Moments after a loss, in their order. */
const MOMENTS = ['during', 'after', 'restored'] as const;

/** Step 3: the crossed layout, and what the loss of each server would do to it. Nothing is contacted. */
export function PlacementStep(): ReactNode {
  const text = useText();
  const reading = useDraft((open) => open.reading);
  const goTo = useSession((session) => session.goTo);
  const plan = useMemo(() => (reading.ok ? previewPlan(reading.spec) : null), [reading]);
  return (
    <StepFrame
      title={text('window.placement.title')}
      lead={text('window.placement.lead')}
      primary={{
        label: text('window.placement.primary'),
        isDisabled: plan === null,
        onPress: () => {
          goTo('reachability');
        },
      }}
    >
      {plan === null ? <OpenFields title={text('window.placement.open.title')} /> : <Placement plan={plan} />}
    </StepFrame>
  );
}

function layoutOfScene(plan: ClusterPlan, scene: Scene): ClusterLayout {
  switch (scene.kind) {
    case 'planned':
    case 'restored':
      return plannedLayout(plan);
    case 'during':
    case 'after':
      return layoutAfterLoss(plan, scene.server, scene.kind);
  }
}

function Placement({ plan }: { readonly plan: ClusterPlan }): ReactNode {
  const text = useText();
  const { ref, width } = useElementSize<HTMLDivElement>();
  const [scene, setScene] = useState<Scene>({ kind: 'planned' });
  const layout = useMemo(() => layoutOfScene(plan, scene), [plan, scene]);
  const title =
    scene.kind === 'planned'
      ? text('window.placement.figure.planned', { cluster: plan.cluster })
      : text(`window.placement.figure.${scene.kind}`, { server: scene.server });
  return (
    <div className={classes['placement']}>
      <section aria-labelledby="placement-question" className={classes['question']}>
        <Title order={2} id="placement-question">
          {text('window.placement.question')}
        </Title>
        <Group gap="xs" role="group" aria-labelledby="placement-question">
          <SceneButton
            label={text('window.placement.nothingLost')}
            isChosen={scene.kind === 'planned'}
            onChoose={() => {
              setScene({ kind: 'planned' });
            }}
          />
          {plan.servers.map(({ name }) => (
            <SceneButton
              key={name}
              label={text('window.placement.lost', { server: name })}
              isChosen={scene.kind !== 'planned' && scene.server === name}
              onChoose={() => {
                setScene({ kind: 'during', server: name });
              }}
            />
          ))}
        </Group>
      </section>
      <div className={classes['columns']}>
        <figure className={classes['figure']}>
          <div ref={ref} className={classes['measure']}>
            <Topology
              id="placement"
              layout={layout}
              title={title}
              width={width === 0 ? FIGURE.unknown : Math.max(FIGURE.least, Math.min(FIGURE.most, Math.floor(width)))}
            />
          </div>
          <Text component="figcaption" size="sm" c="dimmed">
            {title}
          </Text>
        </figure>
        <div className={classes['tale']}>
          {scene.kind === 'planned' ? null : (
            <Radio.Group
              label={text('window.placement.moment')}
              value={scene.kind}
              onChange={(value) => {
                const kind = MOMENTS.find((one) => one === value);
                if (kind !== undefined) setScene({ kind, server: scene.server });
              }}
            >
              <Group gap="md" mt={6}>
                {MOMENTS.map((value) => (
                  <Radio key={value} value={value} className={classes['moment'] ?? ''} label={text(`window.placement.moment.${value}`)} />
                ))}
              </Group>
            </Radio.Group>
          )}
          <LossStory plan={plan} scene={scene} />
        </div>
      </div>
      <div className={classes['tableFrame']}>
        <ShardTable
          layout={layout}
          caption={scene.kind === 'planned' ? text('window.placement.table') : text('window.placement.table.now', { moment: title })}
        />
      </div>
    </div>
  );
}

function SceneButton({
  label,
  isChosen,
  onChoose,
}: {
  readonly label: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}): ReactNode {
  return (
    <Button
      variant={isChosen ? 'light' : 'default'}
      size="sm"
      className={classes['scene'] ?? ''}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      {label}
    </Button>
  );
}
