import { render, screen } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import { fakeCore, type FakeCore } from '../../bridge/testing/fakeBridge.ts';
import { draftStore } from '../../state/draft.ts';
import { homeStore } from '../../state/home.ts';
import { forgetRuns } from '../../state/runs.ts';
import { useSession } from '../../state/session.ts';
import { Themed } from '../../theme/Themed.tsx';
import { App } from '../App.tsx';

/** The whole window on a fake core, as it stands after the start. `prepare` fills the core first; a reload finds what the window kept of itself. */
export async function showWindow(
  prepare: (core: FakeCore) => void = () => undefined,
  isReload = false,
): Promise<{ readonly core: FakeCore; readonly user: UserEvent }> {
  forgetRuns();
  // One that an earlier test has left would be saved into this core.
  const left = draftStore.getState().current;
  if (left !== null) draftStore.getState().forget(left.draft.id);
  homeStore.setState({ cards: null, expectsNone: false, practice: null, practiceLines: null, failure: null });
  // A reload begins with a fresh state, and with what the window's own storage holds.
  const kept = Array.from({ length: sessionStorage.length }, (_, index) => sessionStorage.key(index) ?? '').map(
    (key) => [key, sessionStorage.getItem(key) ?? ''] as const,
  );
  useSession.setState({ app: null, isForeseen: false, lost: null, failure: null, dialog: null, screen: { kind: 'home' } });
  sessionStorage.clear();
  if (isReload) for (const [key, value] of kept) sessionStorage.setItem(key, value);
  const core = fakeCore();
  prepare(core);
  core.install();
  render(
    <Themed isTest>
      <App />
    </Themed>,
  );
  void useSession.getState().begin();
  await screen.findAllByRole('heading', { level: 1 });
  return { core, user: userEvent.setup() };
}
