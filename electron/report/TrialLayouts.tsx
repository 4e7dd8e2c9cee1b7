import type { ReactElement } from 'react';
import type { ReportTrial } from '../shared/domain/report.ts';
import { text } from '../shared/figures/text.ts';
import { LayoutFigures } from './LayoutFigures.tsx';

/** What {@link TrialLayouts} shows: the trial at `index` of all that the page has. */
export interface TrialLayoutsProps {
  readonly trials: readonly ReportTrial[];
  readonly index: number;
  readonly timeZone: string;
}

/** The id of a trial's part of the page. */
export function trialId(index: number): string {
  return `trial-${index + 1}`;
}

/** The layouts of a trial. Of a test in many rounds most are alike: what an earlier trial shows is not drawn again but referred to, so that the page stays small. */
export function TrialLayouts({ trials, index, timeZone }: TrialLayoutsProps): ReactElement | null {
  const trial = trials[index];
  if (trial === undefined) return null;
  const own = shapeOf(trial);
  const first = trials.findIndex((one) => shapeOf(one) === own);
  const shown = trials[first];
  if (first === index || shown === undefined)
    return <LayoutFigures id={`${trialId(index)}-layout`} layouts={trial.layouts} timeZone={timeZone} />;
  return (
    <p className="caption">
      {text('report.trial.sameLayouts')}{' '}
      <a href={`#${trialId(first)}`}>{text('report.trial.heading', { server: shown.server, scenario: shown.scenarioTitle })}</a>
    </p>
  );
}

/** Everything of the layouts that is drawn, without the time of day. */
function shapeOf({ layouts }: ReportTrial): string {
  return JSON.stringify(layouts.map(({ at: _at, ...drawn }) => drawn));
}
