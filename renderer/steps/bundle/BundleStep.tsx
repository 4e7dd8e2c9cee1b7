import { Tabs } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import type { TakenBundle } from '../../../electron/shared/contract/bundles.ts';
import { call } from '../../bridge/client.ts';
import { useDraft } from '../../state/draft.ts';
import { StepFrame } from '../../widgets/StepFrame.tsx';
import { useText } from '../../widgets/useText.ts';
import { useExport } from './useExport.tsx';
import { useInspect } from './useInspect.tsx';
import { useTaken } from './useTaken.tsx';
import classes from './bundle.module.css';

const TABS = ['taken', 'export', 'inspect'] as const;

/** The config bundle: what came with one that was opened, the export of this cluster, and a look into any other. */
export function BundleStep(): ReactNode {
  const text = useText();
  const draftId = useDraft(({ draft }) => draft.id);
  const [chosen, setChosen] = useState<(typeof TABS)[number] | null>(null);
  const [taken, setTaken] = useState<TakenBundle | null>(null);
  useEffect(() => {
    let isOver = false;
    call('bundles.taken', draftId)
      .then((found) => {
        if (!isOver) setTaken(found);
      })
      .catch(() => undefined); // without it the screen is what it is for any other draft
    return () => {
      isOver = true;
    };
  }, [draftId]);
  const tabs = { taken: useTaken(taken, setTaken), export: useExport(), inspect: useInspect() };
  const shown = chosen ?? (taken === null ? 'export' : 'taken');
  const { body, primary, secondary } = tabs[shown];
  return (
    <StepFrame
      title={text('window.bundle.title')}
      lead={text('window.bundle.lead')}
      {...(primary === undefined ? {} : { primary })}
      {...(secondary === undefined ? {} : { secondary })}
    >
      <Tabs
        value={shown}
        keepMounted={false}
        onChange={(value) => {
          setChosen(TABS.find((one) => one === value) ?? null);
        }}
      >
        <Tabs.List>
          {TABS.filter((one) => one !== 'taken' || taken !== null).map((name) => (
            <Tabs.Tab key={name} value={name}>
              {text(`window.bundle.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown} className={classes['tab'] ?? ''}>
          {body}
        </Tabs.Panel>
      </Tabs>
    </StepFrame>
  );
}
