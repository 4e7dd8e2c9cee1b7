import { MantineProvider, type MantineColorSchemeManager } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { setNonce } from 'get-nonce';
import type { ReactNode } from 'react';
import { useSession } from '../state/session.ts';
import { cssVariables, theme } from './theme.ts';

/** The document's nonce for style elements. Read as a property: browsers hide the attribute. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/**
 * Gives the nonce to what makes style elements past Mantine's provider: dialogs lock scrolling with one of their own
 * (react-remove-scroll), which the content security policy refuses otherwise. To be called before the first render.
 */
export function prepareStyles(): void {
  const nonce = styleNonce();
  if (nonce !== '') setNonce(nonce);
}

/**
 * Nothing is kept: the scheme is told by the settings. Mantine's own manager looks into local storage at the first render, which waits for the core's
 * process while that loads the core (30 to 75 ms).
 */
const unkept: MantineColorSchemeManager = {
  get: (scheme) => scheme,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
};

/** The theme around everything, in the scheme of the settings or of the system. */
export function Themed({ children, isTest = false }: { readonly children: ReactNode; readonly isTest?: boolean }): ReactNode {
  const wanted = useSession(({ settings }) => settings.theme);
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  const scheme = wanted === 'system' ? system : wanted;
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={unkept}
      defaultColorScheme={scheme}
      forceColorScheme={scheme}
      getStyleNonce={styleNonce}
      env={isTest ? 'test' : 'default'}
    >
      {children}
    </MantineProvider>
  );
}
