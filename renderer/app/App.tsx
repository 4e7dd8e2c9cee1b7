import { Center, VisuallyHidden } from '@mantine/core';
import { useEffect, useState, type ReactNode } from 'react';
import { draftStore } from '../state/draft.ts';
import { watchLeaving } from '../state/leaving.ts';
import { useSession } from '../state/session.ts';
import { HomeStep } from '../steps/home/HomeStep.tsx';
import { Loading } from '../widgets/Loading.tsx';
import { useText } from '../widgets/useText.ts';
import { AboutDialog } from './AboutDialog.tsx';
import { CoreLost } from './CoreLost.tsx';
import { ErrorBoundary } from './ErrorBoundary.tsx';
import { FailureDialog } from './FailureDialog.tsx';
import { Frame } from './Frame.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { QuestionDialog } from './QuestionDialog.tsx';
import { SecretsDialog } from './SecretsDialog.tsx';
import { SettingsDialog } from './SettingsDialog.tsx';
import { useCommands } from './useCommands.ts';
import { Wizard } from './Wizard.tsx';

/** The window: Home or the wizard, the dialogs that lie over both, and what is shown when nothing works. */
export function App(): ReactNode {
  return (
    <ErrorBoundary isWhole>
      <Screens />
    </ErrorBoundary>
  );
}

function Screens(): ReactNode {
  const text = useText();
  const { app, isForeseen, lost, screen, language } = useSession();
  const cluster = draftStore(({ current }) => current?.draft.name.trim() ?? '');
  useCommands();
  useEffect(() => watchLeaving(), []);
  const title = screen.kind === 'wizard' && cluster !== '' ? `${cluster} – Triad` : 'Triad';
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = title;
  }, [language, title]);

  if (lost !== null) return <CoreLost failure={lost} />;
  if (app === null && !(isForeseen && screen.kind === 'home'))
    return (
      <Center component="main" h="100%">
        <VisuallyHidden component="h1">{title}</VisuallyHidden>
        <Loading what={text('window.frame.starting')} />
      </Center>
    );
  return (
    <>
      {screen.kind === 'home' ? (
        <Frame states={[]} current={null}>
          <HomeStep />
        </Frame>
      ) : (
        <Wizard step={screen.step} />
      )}
      <Dialogs />
    </>
  );
}

/** What lies over any screen. Made once that is painted, which it would hold back by 10 ms. */
function Dialogs(): ReactNode {
  const [isPainted, setPainted] = useState(false);
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        setPainted(true);
      });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, []);
  if (!isPainted) return null;
  return (
    <>
      <FailureDialog />
      <SettingsDialog />
      <AboutDialog />
      <HelpDialog />
      <SecretsDialog />
      <QuestionDialog />
    </>
  );
}
