import { z } from 'zod';

const Line = z.looseObject({ type: z.string() });

/** The events of one type among the lines that a run with `--json` printed; lines of other types are not looked at. */
export function eventsIn(text: string, type: string): readonly Readonly<Record<string, unknown>>[] {
  return text.split('\n').flatMap((line) => {
    if (!line.startsWith('{')) return [];
    const event = Line.safeParse(JSON.parse(line));
    return event.data?.type === type ? [event.data] : [];
  });
}
