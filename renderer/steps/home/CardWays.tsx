import { Button } from '@mantine/core';
import { IconBolt, IconFileZip, IconHistory, IconRotate2, IconTool, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PlaceId } from '../../../electron/shared/domain/draft.ts';
import { useText } from '../../widgets/useText.ts';
import classes from './home.module.css';

interface Way {
  readonly way: 'failover' | 'maintenance' | 'restore' | 'bundle' | 'history';
  readonly place: PlaceId;
  readonly symbol: Icon;
  /** It starts nothing, so it may be gone while something else goes on. */
  readonly isLook?: true;
}

const WAYS: readonly Way[] = [
  { way: 'failover', place: 'failover', symbol: IconBolt },
  { way: 'maintenance', place: 'maintenance', symbol: IconTool },
  { way: 'restore', place: 'maintenance', symbol: IconRotate2 },
  { way: 'bundle', place: 'bundle', symbol: IconFileZip },
  { way: 'history', place: 'history', symbol: IconHistory, isLook: true },
];

/** The ways to what a running cluster is come back for. While a run goes on, and for a cluster that Triad did not install, only those that start nothing. */
export function CardWays({
  name,
  isFree,
  onGo,
}: {
  readonly name: string;
  readonly isFree: boolean;
  readonly onGo: (place: PlaceId) => void;
}): ReactNode {
  const text = useText();
  return (
    <ul className={classes['ways']} aria-label={text('window.home.ways', { name })}>
      {WAYS.filter(({ isLook }) => isFree || isLook === true).map(({ way, place, symbol: Symbol }) => (
        <li key={way}>
          <Button
            size="compact-sm"
            px={6}
            variant="subtle"
            color="gray"
            leftSection={<Symbol size="1rem" aria-hidden />}
            onClick={() => {
              onGo(place);
            }}
          >
            {text(`window.home.way.${way}`)}
          </Button>
        </li>
      ))}
    </ul>
  );
}
