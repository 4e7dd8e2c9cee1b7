import { z } from 'zod';
import { RunEvent } from '../domain/events.ts';
import { Message } from '../domain/message.ts';
import type { STREAM_NAMES } from './channels.ts';
import { RunId } from './procedures.ts';

/** A question that a run asks before it goes on; answered by `runs.answer`. Null: it is settled. */
export const RunQuestion = z.object({ runId: RunId, question: Message }).nullable();
export type RunQuestion = z.infer<typeof RunQuestion>;

/**
 * Commands of the native menu for the window. `opened`: a file was opened from outside (a second start, the file manager); `app.start` now
 * names its draft. The shell sets the size of the text itself and sends none of those.
 */
export const AppCommand = z.enum([
  'newInstallation',
  'open',
  'home',
  'settings',
  'about',
  'help',
  'report',
  'opened',
  'largerText',
  'smallerText',
  'normalText',
]);
export type AppCommand = z.infer<typeof AppCommand>;

/** Every stream: what a subscription names, and what arrives. Values come in batches, in order. */
export const streams = {
  /** Events of a run with `seq` above `after`: first those that were, then those that come. Kept runs are read from their journal. */
  'runs.events': { input: z.strictObject({ runId: RunId, after: z.number().int().min(0) }), output: RunEvent },
  'runs.questions': { input: z.strictObject({ runId: RunId }), output: RunQuestion },
  'practice.progress': { input: z.undefined(), output: z.string() },
  'app.commands': { input: z.undefined(), output: AppCommand },
} as const satisfies Readonly<Record<(typeof STREAM_NAMES)[number], { readonly input: z.ZodType; readonly output: z.ZodType }>>;

/** The name of a stream. */
export type StreamName = keyof typeof streams;
/** What a subscription names. */
export type StreamInput<Name extends StreamName> = z.input<(typeof streams)[Name]['input']>;
/** One value of a stream. */
export type StreamValue<Name extends StreamName> = z.output<(typeof streams)[Name]['output']>;
