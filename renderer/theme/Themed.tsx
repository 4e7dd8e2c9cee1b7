import { MantineProvider } from '@mantine/core';
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

/** The theme around everything, in the scheme of the settings or of the system. */
export function Themed({ children, isTest = false }: { readonly children: ReactNode; readonly isTest?: boolean }): ReactNode {
  const wanted = useSession(({ settings }) => settings.theme);
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme={wanted === 'system' ? system : wanted}
      getStyleNonce={styleNonce}
      env={isTest ? 'test' : 'default'}
    >
      {children}
    </MantineProvider>
  );
}
