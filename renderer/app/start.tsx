import '@mantine/core/styles.css';
import '../theme/window.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useSession } from '../state/session.ts';
import { prepareStyles, Themed } from '../theme/Themed.tsx';
import { App } from './App.tsx';

/** Shows the window; called once. */
export function start(): void {
  prepareStyles();
  const root = document.querySelector('#root');
  if (root === null) throw new Error('the page has no element to show the window in');
  void useSession.getState().begin();
  createRoot(root).render(
    <StrictMode>
      <Themed>
        <App />
      </Themed>
    </StrictMode>,
  );
}
