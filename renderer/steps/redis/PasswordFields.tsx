import type { ReactNode } from 'react';
import { failureOf, type Failure } from '../../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../../electron/shared/domain/subject.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { ChoiceField } from '../../widgets/fields.tsx';
import { useText } from '../../widgets/useText.ts';
import { GeneratedPassword } from './GeneratedPassword.tsx';
import { OwnPassword, type OwnPasswordProps } from './OwnPassword.tsx';

/** What {@link PasswordFields} takes. */
export interface PasswordFieldsProps extends OwnPasswordProps {
  readonly isOwn: boolean;
  readonly onOwn: (isOwn: boolean) => void;
  readonly onFailure: (failure: Failure) => void;
}

/** The password of the cluster: made by Triad, or the admin's own. */
export function PasswordFields({ isOwn, onOwn, onFailure, isMissing }: PasswordFieldsProps): ReactNode {
  const text = useText();
  const { id, redis } = useDraft(({ draft }) => draft);
  const edit = useDraft((open) => open.edit);

  async function choose(wantsOwn: boolean): Promise<void> {
    if (!wantsOwn && redis.password === 'own') {
      edit((draft) => ({ ...draft, redis: { ...draft.redis, password: 'generated' } }));
      // What is kept is the admin's own: it would be shown as one that Triad has made.
      try {
        await call('secrets.generate', { draft: id, anew: true });
      } catch (error) {
        onFailure(failureOf(error, adminSubject));
      }
    }
    onOwn(wantsOwn);
  }

  return (
    <>
      <ChoiceField
        label={text('window.redis.password')}
        help={text('window.redis.password.help')}
        value={isOwn ? 'own' : 'generated'}
        options={[
          { value: 'generated', label: text('window.redis.password.generated') },
          { value: 'own', label: text('window.redis.password.own') },
        ]}
        onChange={(value) => {
          void choose(value === 'own');
        }}
      />
      {isOwn ? <OwnPassword isMissing={isMissing} /> : <GeneratedPassword />}
    </>
  );
}
