import { Button, Stack, Title } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { FailurePanel } from '../widgets/FailurePanel.tsx';
import { textOf } from '../widgets/useText.ts';
import classes from './Frame.module.css';

interface Props {
  /** Around the whole window: what it shows then is all that there is. */
  readonly isWhole?: boolean;
  readonly children: ReactNode;
}

interface State {
  readonly failure: Failure | null;
}

/** Shows what broke in place of an empty window. The run goes on in the core; a reload shows it again. A class, because React asks for one here. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failure: null };

  static getDerivedStateFromError(error: unknown): State {
    return { failure: failureOf(error, adminSubject) };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === null) return this.props.children;
    return (
      <Stack component={this.props.isWhole === true ? 'main' : 'div'} className={classes['loading'] ?? ''} maw="48rem">
        <Title order={1}>{textOf('window.failure.title')}</Title>
        <FailurePanel
          failure={failure}
          actions={
            <Button
              size="xs"
              onClick={() => {
                window.location.reload();
              }}
            >
              {textOf('window.frame.reload')}
            </Button>
          }
        />
      </Stack>
    );
  }
}
