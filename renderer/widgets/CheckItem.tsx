import { Code, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { CheckResult } from '../../electron/shared/domain/check.ts';
import { seenAtOf } from '../../electron/shared/domain/checkAgain.ts';
import { openingRulesOf, type ClosedWay } from '../../electron/shared/domain/firewallRuleText.ts';
import type { RunRecord } from '../../electron/shared/domain/run.ts';
import { formatSubject } from '../../electron/shared/domain/subject.ts';
import { say } from '../../electron/shared/messages/message.ts';
import { sayMachine, saySubject } from '../../electron/shared/messages/subjectWords.ts';
import { titleOf } from '../../electron/shared/messages/titleOf.ts';
import { withoutMarks } from '../../electron/shared/messages/typedParts.ts';
import { proofOf, sayRemedy, sayRemedyWithoutRules } from './checkWords.ts';
import { Said } from './Said.tsx';
import { KeptFrom } from './SeenAt.tsx';
import { RuleBox } from './RuleBox.tsx';
import { useText } from './useText.ts';
import { VerdictMark } from './VerdictMark.tsx';
import classes from './CheckItem.module.css';

/** What a check that needs attention takes. */
export interface CheckItemProps {
  readonly check: CheckResult;
  readonly record: RunRecord;
  /** Ways of which the same was found, from the same machine to the same: told as one, with one rule. */
  readonly ways?: readonly ClosedWay[];
  /** Buttons: a fix, or to look again. */
  readonly actions?: ReactNode;
}

/** The rule that opens the way which a check found closed, with the firewall that filters at its end; null for other checks. */
function ruleFor({ subject, remedy }: CheckResult, record: RunRecord, ways: readonly ClosedWay[] | undefined): ReactNode {
  if (subject.kind !== 'pair' || remedy?.values['rules'] === undefined) return null;
  const [rule] = openingRulesOf(ways ?? [subject], record.plan);
  const firewall = record.facts.find(({ server }) => server === subject.to)?.firewall;
  const tool = firewall === undefined || !firewall.isActive || firewall.kind === 'none' ? null : firewall.kind;
  return rule === undefined ? null : <RuleBox rule={rule} tool={tool} />;
}

/** A check that needs attention: what was found, what to do (first), what was expected, how we know (folded). */
export function CheckItem({ check, record, ways, actions }: CheckItemProps): ReactNode {
  const text = useText();
  const { subject, remedy, evidence } = check;
  const rule = ruleFor(check, record, ways);
  const ports = (ways ?? []).map(({ port }) => port).toSorted((one, other) => one - other);
  return (
    <div className={classes['item']} data-verdict={check.verdict}>
      <VerdictMark verdict={check.verdict} isCompact />
      <div className={classes['body']}>
        <Text fw={600}>
          {ports.length > 1 ? text('window.check.ways') : titleOf('check', check.id)}
          <Text span c="dimmed" fw={400}>
            {' '}
            {subject.kind === 'pair' && ports.length > 1
              ? `${sayMachine(subject.from)} → ${subject.to}: ${ports.join(', ')}`
              : saySubject(subject)}
          </Text>
        </Text>
        {/* What is said of one way names its port. */}
        {ports.length > 1 ? null : (
          <span className={classes['said']}>
            <Said>{say(check.observed)}</Said>
          </span>
        )}
        {check.isKept === true ? <KeptFrom at={seenAtOf(check, record)} /> : null}
        {remedy === null ? null : (
          <span className={classes['said']}>
            <Said>{rule === null ? sayRemedy(remedy) : sayRemedyWithoutRules(remedy)}</Said>
          </span>
        )}
        {rule}
        {actions}
        {ports.length > 1 ? null : (
          <Text size="sm" className={classes['expected'] ?? ''}>
            <Said>{text('window.check.expected', { expected: say(check.expected) })}</Said>
          </Text>
        )}
        {evidence === '' ? null : (
          <details className={classes['evidence']}>
            <summary>{text('window.failure.evidence')}</summary>
            <Code block>{evidence}</Code>
          </details>
        )}
      </div>
    </div>
  );
}

/** Checks that passed, or do not apply: name and observation; on hover and focus what was proved, when and from where. */
export function PassedChecks({ checks, record }: { readonly checks: readonly CheckResult[]; readonly record: RunRecord }): ReactNode {
  useText();
  return (
    <ul className={classes['passes']}>
      {checks.map((check) => (
        <li key={`${check.id} ${formatSubject(check.subject)}`} className={classes['pass']}>
          <VerdictMark verdict={check.verdict} isCompact proof={withoutMarks(proofOf(check, record))} />
          <Text size="sm" className={classes['passWords'] ?? ''}>
            {titleOf('check', check.id)}
            {check.subject.kind === 'server' || check.subject.kind === 'cluster' ? '' : ` ${saySubject(check.subject)}`}{' '}
            <span className={classes['observed']}>
              <Said>{say(check.observed)}</Said>
            </span>
            {check.isKept === true ? (
              <>
                {' '}
                <KeptFrom at={seenAtOf(check, record)} />
              </>
            ) : null}
          </Text>
        </li>
      ))}
    </ul>
  );
}
