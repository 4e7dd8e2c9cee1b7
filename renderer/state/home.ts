import { create } from 'zustand';
import type { HomeCard, ProcedureOutput } from '../../electron/shared/contract/procedures.ts';
import type { Draft, PlaceId } from '../../electron/shared/domain/draft.ts';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import type { Platform } from '../../electron/shared/domain/platform.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { call, follow } from '../bridge/client.ts';
import { draftStore } from './draft.ts';
import { startRun, type StartOptions } from './runs.ts';
import { firstPlaceOf, useSession } from './session.ts';

/** What Home shows. */
export interface Home {
  /** Null until they were read. */
  readonly cards: readonly HomeCard[] | null;
  /** Whether there were none when the window was last open, by which Home is drawn until they were read. */
  readonly expectsNone: boolean;
  /** When they were read, milliseconds since 1970: ages and what is due are told for this moment. */
  readonly readAtMs: number;
  readonly practice: ProcedureOutput<'practice.status'> | null;
  /** What the practice servers' start says, newest last; null while they are not being started. */
  readonly practiceLines: readonly string[] | null;
  /** Why the last thing that was tried here failed. */
  readonly failure: Failure | null;
}

/** The store of the Home screen. */
export const homeStore = create<Home>()(() => ({
  cards: null,
  expectsNone: false,
  readAtMs: 0,
  practice: null,
  practiceLines: null,
  failure: null,
}));

/** Does something and shows on Home why it failed. */
export async function tryAtHome(work: () => Promise<unknown>): Promise<void> {
  homeStore.setState({ failure: null });
  try {
    await work();
  } catch (error) {
    homeStore.setState({ failure: failureOf(error, adminSubject) });
  }
}

/** Reads the clusters and drafts, then whether practice is possible here. */
export async function loadHome(): Promise<void> {
  await readCards();
  readPracticeSoon();
}

async function readCards(): Promise<void> {
  await tryAtHome(async () => {
    homeStore.setState({ cards: await call('home.list'), readAtMs: Date.now() });
  });
}

/** Reads the cards again without a word, while a run goes on that tells this window nothing of its end. */
export async function refreshHome(): Promise<void> {
  const cards = await call('home.list').catch(() => null);
  if (cards !== null) homeStore.setState({ cards, readAtMs: Date.now() });
}

/** That starts programs, which nobody waits for: once what has been drawn is seen, since they would take the processors from its painting. */
function readPracticeSoon(): void {
  requestAnimationFrame(() => requestAnimationFrame(() => requestIdleCallback(() => void readPractice())));
}

async function readPractice(): Promise<void> {
  try {
    homeStore.setState({ practice: await call('practice.status') });
  } catch (error) {
    homeStore.setState({ failure: failureOf(error, adminSubject) });
  }
}

let readAhead: Promise<void> | null = null;

/** Reads the clusters and drafts before there is a Home to show them. */
export async function loadHomeAhead(): Promise<void> {
  readAhead = readCards();
  await readAhead;
}

/** {@link loadHome} for a Home that has just appeared; what was read ahead of just this appearance is not read again. */
export async function loadHomeShown(): Promise<void> {
  const reading = readAhead ?? readCards();
  readAhead = null;
  await reading;
  readPracticeSoon();
}

/** Begins a new installation. */
export async function beginNew(): Promise<void> {
  await useSession.getState().openDraft(await call('drafts.create'));
}

/** Asks for a specification or a bundle and opens a draft of it; nothing when the dialog is cancelled. */
export async function openFile(): Promise<void> {
  const draft = await call('drafts.open');
  if (draft !== null) await useSession.getState().openDraft(draft, await firstPlaceOf(draft));
}

/** Takes over a cluster that is known by its run records only, and opens it where its logins are given. */
export async function adoptCard({ name, addresses }: Pick<HomeCard, 'name' | 'addresses'>): Promise<void> {
  await draftStore.getState().flush();
  await useSession.getState().openDraft(await call('drafts.ofCluster', { cluster: name, addresses }), 'servers');
}

/** Reads a draft, after what was typed last has been saved: it may be the very draft that is open. Rejects when either fails. */
async function load(draftId: string): Promise<Draft> {
  await draftStore.getState().flush();
  return call('drafts.load', draftId);
}

/** Opens a draft where it was left, or at the place named. */
export async function openCard(draftId: string, step?: PlaceId): Promise<void> {
  await useSession.getState().openDraft(await load(draftId), step);
}

/** Keeps the cluster that was found and validates it by its nodes alone; false when the dialog for its specification was cancelled. */
export async function keepFound(id: string): Promise<boolean> {
  await draftStore.getState().flush();
  const draft = await call('adoption.keep', id);
  if (draft === null) return false;
  await useSession.getState().openDraft(draft, 'report');
  await startRun('validate', { redisOnly: true });
  return true;
}

/** Opens a draft at its report and validates the cluster as it stands; `redisOnly`: by its nodes alone. */
export async function validateCard(draftId: string, options: Pick<StartOptions, 'redisOnly'> = {}): Promise<void> {
  const session = useSession.getState();
  await session.openDraft(await load(draftId), 'report');
  await startRun('validate', options);
}

/** Removes a draft and everything that was typed into it; the servers and the records of runs stay as they are. */
export async function removeCard(draftId: string): Promise<void> {
  // First: an autosave that comes while it is being removed would bring it back.
  const bringBack = draftStore.getState().forget(draftId);
  try {
    await call('drafts.remove', draftId);
  } catch (error) {
    // It is still there, and so is what was typed last.
    bringBack();
    throw error;
  }
  await loadHome();
}

/** Starts the practice servers, tells how far that is, and opens the draft that is filled in for them. */
export async function startPractice(kind: Platform = 'linux'): Promise<void> {
  // The draft of the practice servers may be the open one.
  await draftStore.getState().flush();
  homeStore.setState({ practiceLines: [] });
  const stop = follow('practice.progress', undefined, (lines) => {
    homeStore.setState(({ practiceLines }) => ({ practiceLines: [...(practiceLines ?? []), ...lines] }));
  });
  try {
    await useSession.getState().openDraft(await call('practice.start', kind));
  } finally {
    stop();
    homeStore.setState({ practiceLines: null });
  }
}
