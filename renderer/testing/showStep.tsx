import { render, type RenderResult } from '@testing-library/react';
import { userEvent, type UserEvent } from '@testing-library/user-event';
import type { ComponentType } from 'react';
import type { Draft, PlaceId } from '../../electron/shared/domain/draft.ts';
import { fakeCore, type FakeCore } from '../bridge/testing/fakeBridge.ts';
import { useSession } from '../state/session.ts';
import { Themed } from '../theme/Themed.tsx';

/** A step on the screen, with the core behind it and the person before it. */
export interface ShownStep extends RenderResult {
  readonly core: FakeCore;
  readonly user: UserEvent;
}

/** Opens a draft in a fake core and shows one step of the wizard, as the frame would. `prepare` tells the core its answers first. */
export async function showStep(
  Step: ComponentType,
  step: PlaceId,
  draft: Draft,
  prepare: (core: FakeCore) => void = () => undefined,
): Promise<ShownStep> {
  const core = fakeCore();
  core.install();
  core.drafts.set(draft.id, draft);
  prepare(core);
  useSession.setState({ screen: { kind: 'home' }, app: null });
  await useSession.getState().begin();
  await useSession.getState().openDraft(draft, step);
  const shown = render(
    <Themed isTest>
      <Step />
    </Themed>,
  );
  return { ...shown, core, user: userEvent.setup() };
}
