import { PasswordInput } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import type { Draft } from '../../../electron/shared/domain/draft.ts';
import { failureOf } from '../../../electron/shared/domain/failure.ts';
import { judgePassword, type PasswordStrength } from '../../../electron/shared/domain/passwordStrength.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import type { Verdict } from '../../../electron/shared/domain/verdict.ts';
import { say } from '../../../electron/shared/messages/message.ts';
import { useDraft } from '../../state/draft.ts';
import { useBeforeLeaving } from '../../state/leaving.ts';
import { FieldFrame, NOTE_LAST } from '../../widgets/FieldFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { VerdictMark } from '../../widgets/VerdictMark.tsx';
import classes from './redis.module.css';

const VERDICTS: Readonly<Record<PasswordStrength['level'], Verdict>> = { unusable: 'fail', weak: 'fail', fair: 'warn', strong: 'pass' };
/** Bits at which the bar is full. */
const FULL_BITS = 128;

/** Words that whoever guesses would try first. */
function ownWordsOf(draft: Draft): readonly string[] {
  return [draft.name, ...draft.servers.flatMap(({ name, address, user }) => [name, address, user])];
}

/** What {@link OwnPassword} takes. */
export interface OwnPasswordProps {
  /** Whether the step was to be left without one. */
  readonly isMissing: boolean;
}

/**
 * A password of the admin's choice, judged while it is typed and handed to the core when the field is left. Only then does the draft say that the
 * password is an own one: until then the one that Triad made would be taken for it.
 */
export function OwnPassword({ isMissing }: OwnPasswordProps): ReactNode {
  const text = useText();
  const id = useId();
  const draft = useDraft((open) => open.draft);
  const edit = useDraft((open) => open.edit);
  const storeSecret = useDraft((open) => open.storeSecret);
  const isStored = useDraft((open) => open.draft.redis.password === 'own' && open.knownSecrets.has('REDIS_PASSWORD'));
  const [typed, setTyped] = useState('');
  const [judged, setJudged] = useState<PasswordStrength | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function store(): Promise<void> {
    if (typed === '' || judged?.level === 'unusable') return;
    try {
      const handing = storeSecret('REDIS_PASSWORD', typed);
      edit((before) => ({ ...before, redis: { ...before.redis, password: 'own' } }));
      await handing;
      setTyped('');
      setProblem(null);
    } catch (error) {
      const failure = failureOf(error, adminSubject);
      setProblem(say({ code: failure.code, values: failure.values }));
    }
  }

  useBeforeLeaving(() => {
    void store();
  });

  const label = text('window.redis.password.ownField');
  const isUnusable = judged?.level === 'unusable';
  const error =
    problem ??
    (isUnusable ? text('window.redis.flaw.control') : null) ??
    (isMissing && typed === '' ? text('window.redis.password.missing') : null);
  return (
    <FieldFrame id={id} label={label} help={text('window.redis.password.ownField.help')} isRequired>
      <PasswordInput
        id={id}
        value={typed}
        error={error}
        maxLength={4096}
        autoComplete="off"
        visibilityToggleFocusable
        visibilityToggleButtonProps={{ 'aria-label': text('window.secret.show', { label }) }}
        placeholder={isStored ? '••••••••' : ''}
        aria-invalid={error !== null || undefined}
        description={isStored && typed === '' ? text('window.redis.password.stored') : null}
        inputWrapperOrder={NOTE_LAST}
        onChange={(event) => {
          const { value } = event.currentTarget;
          setTyped(value);
          setJudged(value === '' ? null : judgePassword(value, ownWordsOf(draft)));
        }}
        onBlur={() => {
          void store();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void store();
        }}
      />
      {judged === null ? null : (
        <div className={classes['strength']} role="status">
          <svg className={classes['meter']} data-level={judged.level} viewBox="0 0 100 2" preserveAspectRatio="none" aria-hidden>
            <rect width={Math.max(4, Math.min(100, (judged.bits / FULL_BITS) * 100))} height={2} />
          </svg>
          <VerdictMark verdict={VERDICTS[judged.level]} label={text(`window.redis.strength.${judged.level}`)} />
          {judged.flaws.length === 0 ? null : (
            <ul>
              {judged.flaws.map((flaw) => (
                <li key={flaw}>{text(`window.redis.flaw.${flaw}`)}</li>
              ))}
            </ul>
          )}
        </div>
      )}
    </FieldFrame>
  );
}
