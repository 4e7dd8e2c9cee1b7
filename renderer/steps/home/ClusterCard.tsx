import { Group, Text, Title } from '@mantine/core';
import { IconClockPause, IconPlayerPlay } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { HomeCard, RunSummary } from '../../../electron/shared/contract/procedures.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { homeStore } from '../../state/home.ts';
import { phaseTitle } from '../../state/logLine.ts';
import { useRun } from '../../state/runs.ts';
import { formatAge } from '../../widgets/age.ts';
import { sayTried } from '../../widgets/triedWords.ts';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { CardActions } from './CardActions.tsx';
import { cardFacts, type CardFacts } from './cardFacts.ts';
import classes from './home.module.css';

/** A cluster or a draft: what it is, what is known of it, what is due, and the way in. */
export function ClusterCard({
  card,
  isUrgent,
  onRemove,
}: {
  readonly card: HomeCard;
  /** Whether it is what comes first on Home. */
  readonly isUrgent: boolean;
  readonly onRemove: () => void;
}): ReactNode {
  const text = useText();
  const nowMs = homeStore(({ readAtMs }) => readAtMs);
  const facts = cardFacts(card, nowMs);
  const { isThere } = facts;
  const name = card.name.trim() === '' ? text('window.frame.unnamed') : card.name;
  return (
    <article className={classes['card']} aria-label={name}>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div className={classes['cardHead']}>
          <Title order={2} className={classes['cardName'] ?? ''}>
            {name}
          </Title>
          <Text size="sm" c="dimmed">
            {stateText(text, facts, card, nowMs)}
          </Text>
        </div>
        {facts.judged === null ? null : (
          <VerdictMark
            verdict={facts.judged.verdict ?? 'unknown'}
            proof={text('window.home.judged', {
              what: text(`window.home.workflow.${facts.judged.workflow}`),
              age: formatAge(facts.judged.finishedAt ?? facts.judged.startedAt, nowMs),
            })}
          />
        )}
      </Group>
      <ul className={classes['addresses']}>
        {card.addresses.map((address, index) => (
          // The three places never move.
          <li key={index}>{address.trim() === '' ? <i>{text('window.home.noAddress')}</i> : address}</li>
        ))}
      </ul>
      {facts.elsewhere === null ? null : <Elsewhere run={facts.elsewhere} />}
      {facts.interrupted === null ? null : <Interrupted run={facts.interrupted} />}
      {isThere ? <Facts facts={facts} survives={card.survivesAnyServer} tried={card.tried} nowMs={nowMs} /> : null}
      <CardActions card={card} name={name} facts={facts} isUrgent={isUrgent} onRemove={onRemove} />
    </article>
  );
}

function stateText(text: ReturnType<typeof useText>, facts: CardFacts, card: HomeCard, nowMs: number): string {
  if (facts.active !== null) return text('window.home.state.running', { what: text(`window.home.workflow.${facts.active.workflow}`) });
  if (facts.installed !== null)
    return text('window.home.state.installed', { age: formatAge(facts.installed.finishedAt ?? facts.installed.startedAt, nowMs) });
  if (facts.validated !== null || facts.tested !== null) return text('window.home.updated', { age: formatAge(card.updatedAt, nowMs) });
  return text(card.runs.length === 0 ? 'window.home.state.draft' : 'window.home.state.notInstalled');
}

/** What was interrupted, and where: the journal knows the phase that began and never ended. */
function Interrupted({ run }: { readonly run: RunSummary }): ReactNode {
  const text = useText();
  const { record } = useRun(run.runId);
  const what = text(`window.home.workflow.${run.workflow}`);
  const phase = record?.phases.findLast(({ outcome }) => outcome === null || outcome === 'aborted' || outcome === 'failed')?.phase;
  return (
    <div className={classes['interrupted']} role="note">
      <IconClockPause size="1.15rem" aria-hidden />
      <div>
        <Text fw={600}>
          {phase === undefined
            ? text('window.home.state.interruptedSomewhere', { what })
            : text('window.home.state.interrupted', { what, phase: say(phaseTitle(phase)) })}
        </Text>
        <Text size="sm">{text('window.home.interruptedNext')}</Text>
      </div>
    </div>
  );
}

/** What another Triad does there now. */
function Elsewhere({ run }: { readonly run: RunSummary }): ReactNode {
  const text = useText();
  return (
    <div className={classes['elsewhere']} role="note">
      <IconPlayerPlay size="1.15rem" aria-hidden />
      <div>
        <Text fw={600}>{text('window.home.elsewhere', { what: text(`window.home.workflow.${run.workflow}`) })}</Text>
        <Text size="sm">{text('window.home.elsewhereNext')}</Text>
      </div>
    </div>
  );
}

function Facts({
  facts,
  survives,
  tried,
  nowMs,
}: {
  readonly facts: CardFacts;
  readonly survives: boolean | null;
  readonly tried: HomeCard['tried'];
  readonly nowMs: number;
}): ReactNode {
  const text = useText();
  const ageOf = (run: RunSummary): string => formatAge(run.finishedAt ?? run.startedAt, nowMs);
  const judged = (run: RunSummary): ReactNode => {
    const verdict = run.verdict ?? 'unknown';
    return (
      <VerdictMark
        verdict={verdict}
        label={text('window.home.verdictAge', { verdict: text(`report.verdict.${verdict}`), age: ageOf(run) })}
      />
    );
  };
  const sayDue = (due: CardFacts['due'][number]): string => {
    if (due !== 'endMaintenance') return text(`window.home.due.${due}`);
    return text('window.home.due.endMaintenance', { age: facts.maintenance === null ? '' : ageOf(facts.maintenance) });
  };
  return (
    <dl className={classes['facts']}>
      <dt>{text('window.home.survives')}</dt>
      <dd>
        {tried.some(({ trial }) => trial?.verdict === 'fail') ? (
          // Whatever the layout promises.
          <VerdictMark verdict="fail" label={text('window.home.survives.tried')} />
        ) : survives === null ? (
          <VerdictMark verdict="unknown" label={text('window.home.survives.unknown')} />
        ) : (
          <VerdictMark verdict={survives ? 'pass' : 'fail'} label={text(`window.home.survives.${survives ? 'yes' : 'no'}`)} />
        )}
      </dd>
      <dt>{text('window.home.validated')}</dt>
      <dd>{facts.validated === null ? text('window.home.never') : judged(facts.validated)}</dd>
      <dt>{text('window.home.tested')}</dt>
      <dd>
        {facts.testedAt === null ? text('window.home.never') : formatAge(facts.testedAt, nowMs)}
        {tried.some(({ trial }) => trial !== null) ? <div>{sayTried(tried)}</div> : null}
      </dd>
      <dt>{text('window.home.due')}</dt>
      <dd>
        {facts.due.length === 0
          ? text('window.home.due.nothing')
          : facts.due.map((due) => (
              <div key={due} className={classes['due']}>
                {sayDue(due)}
              </div>
            ))}
      </dd>
    </dl>
  );
}
