import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import type { Message } from '../../electron/shared/domain/message.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';
import { isMessageCode, say } from '../../electron/shared/messages/message.ts';
import { answerRun, useQuestion } from '../state/runs.ts';
import { FailurePanel } from '../widgets/FailurePanel.tsx';
import { useText } from '../widgets/useText.ts';
import { WhatDiffers } from '../widgets/WhatDiffers.tsx';

/** What a run asks, in the window's words where the command line's speak of commands. */
export function questionText(question: Message): string {
  const here = `window.ask.${question.code}`;
  return say(isMessageCode(here) ? { ...question, code: here } : question);
}

/** What a run asks before it goes on. There is no way around it but yes or no. */
export function QuestionDialog(): ReactNode {
  const asked = useQuestion();
  return asked === null ? null : <Question key={asked.runId} runId={asked.runId} question={asked.question} />;
}

function Question({ runId, question }: { readonly runId: string; readonly question: Message }): ReactNode {
  const text = useText();
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  async function answer(yes: boolean): Promise<void> {
    setBusy(true);
    setFailure(null);
    try {
      await answerRun(runId, yes);
    } catch (error) {
      setFailure(failureOf(error, adminSubject));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal
      opened
      size="lg"
      withCloseButton={false}
      closeOnClickOutside={false}
      onClose={() => {
        void answer(false);
      }}
      title={text('window.ask.title')}
    >
      <Stack>
        {/* A list in a question has a line for each entry. */}
        <Text style={{ whiteSpace: 'pre-line' }}>{questionText(question)}</Text>
        <WhatDiffers runId={runId} />
        {failure === null ? null : <FailurePanel failure={failure} />}
        <Group justify="flex-end">
          <Button
            variant="default"
            data-autofocus
            disabled={isBusy}
            onClick={() => {
              void answer(false);
            }}
          >
            {text('window.ask.no')}
          </Button>
          <Button
            loading={isBusy}
            onClick={() => {
              void answer(true);
            }}
          >
            {text('window.ask.yes')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
