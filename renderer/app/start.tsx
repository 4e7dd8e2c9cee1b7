import '../theme/kitStyles.ts';
import '../theme/window.css';
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { readFirstLook } from '../state/firstLook.ts';
import { homeStore, loadHomeAhead } from '../state/home.ts';
import { useSession } from '../state/session.ts';
import { prepareStyles, Themed } from '../theme/Themed.tsx';
import { App } from './App.tsx';
import { loadSteps } from './steps.tsx';

/** A core that has not answered by then is waited for on the screen. */
const ANSWER_MS = 300;
/** So long the screen that is shown first has the machine for itself. */
const OWN_MS = 1000;

/** Shows the window; called once. */
export function start(): void {
  prepareStyles();
  const root = document.querySelector('#root');
  if (root === null) throw new Error('the page has no element to show the window in');
  const show = (): void => {
    // Now, and not in a task of its own: the code cache, which is made next, then holds what drawing the first screen takes.
    flushSync(() => {
      createRoot(root).render(
        <StrictMode>
          <Themed>
            <App />
          </Themed>
        </StrictMode>,
      );
    });
    setTimeout(() => void loadSteps(), OWN_MS);
  };
  const { begin, foresee } = useSession.getState();
  const answers = Promise.all([begin(), loadHomeAhead()]);
  const look = readFirstLook();
  if (look === null) {
    // The core's first answers are nearly there: drawing the screen once, with them, is done earlier than drawing it twice.
    const patience = new Promise((resolve) => setTimeout(resolve, ANSWER_MS));
    void Promise.race([answers, patience]).then(show);
  } else {
    // Where it is known what they will say, Home is drawn while the core is being loaded, and stays as it is when they come.
    homeStore.setState({ expectsNone: !look.hasCards });
    void foresee(look).then(show);
  }
}
