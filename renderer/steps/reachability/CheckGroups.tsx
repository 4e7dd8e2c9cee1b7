import { Group, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CheckResult } from '../../../electron/shared/domain/check.ts';
import { COMPARING_CHECKS, LISTENERS_CHECK } from '../../../electron/shared/domain/checkAgain.ts';
import { needsAttention, URGENCY, type CheckGroup } from '../../../electron/shared/domain/checkGroups.ts';
import { lostServersOf, lostServerUnder } from '../../../electron/shared/domain/lostServers.ts';
import { isToBeOpened } from '../../../electron/shared/domain/openings.ts';
import type { RunRecord } from '../../../electron/shared/domain/run.ts';
import { formatSubject } from '../../../electron/shared/domain/subject.ts';
import { allowsToContinue } from '../../../electron/shared/domain/verdict.ts';
import { saySubject } from '../../../electron/shared/messages/subjectWords.ts';
import { CheckItem, PassedChecks } from '../../widgets/CheckItem.tsx';
import { CopyButton } from '../../widgets/CopyButton.tsx';
import { Counts } from '../../widgets/Counts.tsx';
import { Fold } from '../../widgets/Fold.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import { canBeExcluded, closedTogether, firewallToManage, whoOpens } from './checkFindings.ts';
import { FixForMe } from './FixForMe.tsx';
import { LetOpen } from './LetOpen.tsx';
import { RunAgain, type RunAgainWay } from './RunAgain.tsx';
import { NotMade } from './NotMade.tsx';

/** What the groups take. */
export interface CheckGroupsProps {
  readonly record: RunRecord;
  readonly groups: readonly CheckGroup<CheckResult>[];
  readonly runAgain: RunAgainWay;
  readonly onLetOpen: (() => Promise<void>) | null;
  /** Has the plan exclude the folders from the virus scanner. */
  readonly onExclude: (() => Promise<void>) | null;
}

function keyOf(check: CheckResult): string {
  return `${check.id} ${formatSubject(check.subject)}`;
}

/** Whether a check of a server looks at that server alone: those that passed are run again together, by one look at it. */
function isOfOneServer({ id, subject }: CheckResult): boolean {
  return subject.kind === 'server' && id !== LISTENERS_CHECK && !COMPARING_CHECKS.includes(id);
}

/** All checks under their headings: what needs attention open and worst first, what passed below it. */
export function CheckGroups({ record, groups, runAgain, onLetOpen, onExclude }: CheckGroupsProps): ReactNode {
  const text = useText();
  const titleOfGroup = (key: string): string => {
    if (key === 'pairs' || key === 'cluster' || key === 'admin') return text(`report.group.${key}`);
    return key.replace(/^server:/u, '');
  };
  const rules = record.notes.findLast(({ message }) => message.code === 'phase.openingRules')?.message.values['rules'];

  const lost = lostServersOf(record.checks, ({ subject }) => subject);
  /** Not made because of a server that could not be reached: that is told once, and these by their names. */
  const isHidden = ({ subject, verdict }: CheckResult): boolean => verdict === 'unknown' && lostServerUnder(subject, lost) !== null;

  function actionsOf(check: CheckResult, together: readonly CheckResult[] = [check]): ReactNode {
    const { subject } = check;
    const who = subject.kind === 'pair' ? whoOpens(record, subject) : null;
    const firewall = subject.kind === 'server' ? firewallToManage(check, record) : null;
    return (
      <Stack gap="xs">
        {who === null || subject.kind !== 'pair' || who.kind === 'plan' ? null : (
          <LetOpen who={who} server={subject.to} onLetOpen={onLetOpen} />
        )}
        {firewall === null || subject.kind !== 'server' ? null : (
          <LetOpen who={{ kind: 'planIfAllowed', firewall }} server={subject.server} onLetOpen={onLetOpen} />
        )}
        {canBeExcluded(check, record) ? (
          <FixForMe label={text('window.reachability.exclude')} what={text('window.reachability.exclude.what')} onFix={onExclude} />
        ) : null}
        <RunAgain checks={together} way={runAgain} />
      </Stack>
    );
  }

  /** What needs attention among the ways: those that the plan opens in one line, the others by pair of machines. */
  function waysOf(checks: readonly CheckResult[]): ReactNode {
    const opened = checks.filter(isToBeOpened);
    return (
      <>
        {closedTogether(checks.filter((check) => !isToBeOpened(check))).map(({ check, ways, checks: together }) => (
          <CheckItem key={keyOf(check)} check={check} ways={ways} record={record} actions={actionsOf(check, together)} />
        ))}
        {opened.length === 0 ? null : (
          <Group gap="xs" wrap="nowrap" align="flex-start">
            <VerdictMark verdict="warn" isCompact />
            <Text>{text('window.reachability.openings.list', { ways: opened.map(({ subject }) => saySubject(subject)).join(', ') })}</Text>
          </Group>
        )}
      </>
    );
  }

  return (
    <Stack gap="sm" component="section" aria-labelledby="reachability-checks">
      <Group justify="space-between">
        <Title order={2} id="reachability-checks">
          {text('window.reachability.checks')}
        </Title>
        {typeof rules === 'string' ? <CopyButton label={text('window.reachability.copyAllRules')} value={rules} /> : null}
      </Group>
      <div>
        {groups.map(({ key, checks, verdict, counts }) => {
          const attention = checks
            .filter((check) => needsAttention(check.verdict) && !isHidden(check))
            .toSorted((one, other) => URGENCY.indexOf(one.verdict) - URGENCY.indexOf(other.verdict));
          const rest = checks.filter((check) => !needsAttention(check.verdict));
          const hidden = checks.filter(isHidden);
          return (
            <Fold
              key={key}
              isOpenAtFirst={!allowsToContinue(verdict)}
              summary={
                <Group component="span" justify="space-between" gap="sm">
                  <Text span fw={600}>
                    {titleOfGroup(key)}
                  </Text>
                  <Counts counts={counts} />
                </Group>
              }
            >
              <Stack gap="sm">
                {key === 'pairs'
                  ? waysOf(attention)
                  : attention.map((check) => <CheckItem key={keyOf(check)} check={check} record={record} actions={actionsOf(check)} />)}
                {hidden.length === 0 ? null : <NotMade checks={hidden} servers={lost} />}
                {rest.length === 0 ? null : <PassedChecks checks={rest} record={record} />}
                {attention.length > 0 || !rest.some(isOfOneServer) ? null : <RunAgain checks={rest.filter(isOfOneServer)} way={runAgain} />}
              </Stack>
            </Fold>
          );
        })}
      </div>
    </Stack>
  );
}
