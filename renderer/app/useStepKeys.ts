import { useEffect, useState } from 'react';
import { say } from '../../electron/shared/messages/message.ts';
import { useSession } from '../state/session.ts';
import type { StepState } from './stepStates.ts';

/** Ctrl (or Command) with 1 to 8 opens a step. Gives what is to be read aloud when a step cannot be opened. */
export function useStepKeys(states: readonly StepState[]): string {
  const [told, setTold] = useState('');
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || !/^[1-8]$/u.test(event.key)) return;
      // A dialog asks for an answer first.
      if (document.querySelector('[role="dialog"][aria-modal]') !== null) return;
      event.preventDefault();
      const state = states[Number(event.key) - 1];
      if (state === undefined) return;
      setTold(state.blocked === null ? '' : say(state.blocked));
      if (state.blocked === null) useSession.getState().goTo(state.step);
    }
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, [states]);
  return told;
}
