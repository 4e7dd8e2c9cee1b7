import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { StepId } from '../../electron/shared/domain/draft.ts';
import type { Failure } from '../../electron/shared/domain/failure.ts';
import { useSession } from '../state/session.ts';
import { FailurePanel, type FailurePanelProps } from './FailurePanel.tsx';
import { useText } from './useText.ts';

/** What is put right by a password, a port or a version of the step Redis. */
const IN_REDIS = ['redis.foreign', 'redis.holdsKeys', 'redis.authRejected', 'redis.passwordDiffers', 'redis.passwordUnreadable'] as const;

/** The step in which a failure is put right, where it is one of the wizard's. */
function stepFor({ code }: Failure): StepId | null {
  if (['ssh.', 'sudo.', 'secret.', 'host.sameMachine'].some((prefix) => code.startsWith(prefix))) return 'servers';
  return ['bundle.', ...IN_REDIS].some((prefix) => code.startsWith(prefix)) ? 'redis' : null;
}

/** A failure of a run: as everywhere, with the way to the step where it is put right. */
export function RunFailure({ failure, ...props }: Omit<FailurePanelProps, 'actions'>): ReactNode {
  const text = useText();
  const goTo = useSession((session) => session.goTo);
  const step = stepFor(failure);
  return (
    <FailurePanel
      failure={failure}
      {...props}
      actions={
        step === null ? undefined : (
          <Button
            size="xs"
            variant="default"
            onClick={() => {
              goTo(step);
            }}
          >
            {text('window.run.putRight', { step: text(`window.step.${step}`) })}
          </Button>
        )
      }
    />
  );
}
