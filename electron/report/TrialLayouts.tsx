import type { ReactElement } from 'react';
import { text } from '../shared/figures/text.ts';
import { LayoutFigures } from './LayoutFigures.tsx';
import { inRound, type NamedTrial } from './namedTrials.ts';
import { isIn, type PageDetail } from './pageDetail.ts';

/** What {@link TrialLayouts} shows: the trial at `index` of all that the run has. */
export interface TrialLayoutsProps {
  readonly trials: readonly NamedTrial[];
  readonly index: number;
  readonly timeZone: string;
  readonly detail: Pick<PageDetail, 'parts'>;
}

/** The id of a trial's part of the page. */
export function trialId(index: number): string {
  return `trial-${index + 1}`;
}

/** The heading of a trial's part of the page. */
export function headingOf({ trial: { server, scenarioTitle }, round }: NamedTrial): string {
  return inRound(text('report.trial.heading', { server, scenario: scenarioTitle }), round);
}

/** The layouts of a trial. Of a test in many rounds most are alike: what an earlier trial shows is not drawn again but referred to, so that the page stays small. */
export function TrialLayouts({ trials, index, timeZone, detail: { parts } }: TrialLayoutsProps): ReactElement | null {
  const named = trials[index];
  if (named === undefined) return null;
  const own = shapeOf(named);
  const first = trials.findIndex((one, at) => at <= index && isIn(parts, at) && shapeOf(one) === own);
  const shown = trials[first];
  if (first === index || shown === undefined)
    return <LayoutFigures id={`${trialId(index)}-layout`} layouts={named.trial.layouts} timeZone={timeZone} />;
  return (
    <p className="caption">
      {text('report.trial.sameLayouts')} <a href={`#${trialId(first)}`}>{headingOf(shown)}</a>
    </p>
  );
}

/** Shapes that were asked for: each of many trials is compared with all before it. */
const shapes = new WeakMap<NamedTrial['trial'], string>();

/** Everything of the layouts that is drawn, without the time of day. */
function shapeOf({ trial }: NamedTrial): string {
  const known = shapes.get(trial);
  if (known !== undefined) return known;
  const shape = JSON.stringify(trial.layouts.map(({ at: _at, ...drawn }) => drawn));
  shapes.set(trial, shape);
  return shape;
}
