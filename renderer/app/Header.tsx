import { ActionIcon, Button, Group, Loader, Tooltip } from '@mantine/core';
import { IconAlertTriangle, IconHelp, IconHome, IconInfoCircle, IconSettings } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PlaceId } from '../../electron/shared/domain/draft.ts';
import { draftStore } from '../state/draft.ts';
import { useSession } from '../state/session.ts';
import { useText } from '../widgets/useText.ts';
import { TriadMark } from './TriadMark.tsx';
import type { StepState } from './stepStates.ts';
import classes from './Header.module.css';

/** The bar above every screen: where we are, what goes on, settings. */
export function Header({ states, current }: { readonly states: readonly StepState[]; readonly current: PlaceId | null }): ReactNode {
  const text = useText();
  const { goHome, goTo, showDialog, showFailure } = useSession();
  const open = draftStore((store) => store.current);
  const cluster = current === null || open === null ? null : open.draft.name.trim();
  const running = states.find(({ step, mark }) => mark === 'active' && step !== current);
  return (
    <header className={classes['header']}>
      <Group gap="sm" wrap="nowrap" className={classes['place'] ?? ''}>
        <TriadMark />
        {current === null ? (
          <span className={classes['name']}>Triad</span>
        ) : (
          <>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconHome size="1rem" aria-hidden />}
              onClick={() => {
                goHome().catch(showFailure);
              }}
            >
              {text('window.frame.home')}
            </Button>
            <span className={classes['name']}>{cluster === null || cluster === '' ? text('window.frame.unnamed') : cluster}</span>
          </>
        )}
      </Group>
      <Group gap={4} wrap="nowrap">
        {open === null || current === null || open.saveFailure === null ? null : (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            leftSection={<IconAlertTriangle size="1rem" aria-hidden />}
            onClick={() => {
              open.flush().catch(() => undefined); // told by `saveFailure`
            }}
          >
            {text('window.frame.notSaved')}
          </Button>
        )}
        {running === undefined ? null : (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Loader size="0.9rem" aria-hidden />}
            onClick={() => {
              goTo(running.step);
            }}
          >
            {text('window.frame.running', { step: text(`window.step.${running.step}`) })}
          </Button>
        )}
        <HeaderIcon
          label={text('window.settings.title')}
          onPress={() => {
            showDialog('settings');
          }}
        >
          <IconSettings size="1.15rem" aria-hidden />
        </HeaderIcon>
        <HeaderIcon
          label={text('window.help.open')}
          onPress={() => {
            showDialog('help');
          }}
        >
          <IconHelp size="1.15rem" aria-hidden />
        </HeaderIcon>
        <HeaderIcon
          label={text('window.about.title')}
          onPress={() => {
            showDialog('about');
          }}
        >
          <IconInfoCircle size="1.15rem" aria-hidden />
        </HeaderIcon>
      </Group>
    </header>
  );
}

function HeaderIcon({
  label,
  onPress,
  children,
}: {
  readonly label: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Tooltip label={label}>
      <ActionIcon size="lg" aria-label={label} onClick={onPress}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
