import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../../widgets/useText.ts';

/** Home. */
export function HomeStep(): ReactNode {
  const text = useText();
  return <Title order={1}>{text('window.home.title')}</Title>;
}
