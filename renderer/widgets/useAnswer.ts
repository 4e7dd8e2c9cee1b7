import { useEffect, useState } from 'react';
import { failureOf, type Failure } from '../../electron/shared/domain/failure.ts';
import { adminSubject } from '../../electron/shared/domain/subject.ts';

/** What the core has said to a question: nothing yet, an answer, or why there is none. */
export interface Answer<Value> {
  readonly value: Value | null;
  readonly failure: Failure | null;
}

const NONE_YET = { value: null, failure: null } as const;

/** Asks the core once a component is shown, and again when `question`, which names what is asked, is another one; a late answer to an earlier one is dropped. */
export function useAnswer<Value>(question: string, ask: () => Promise<Value>): Answer<Value> {
  const [answered, setAnswered] = useState<Answer<Value> & { readonly question: string }>({ ...NONE_YET, question });
  useEffect(() => {
    let isOver = false;
    const take = (answer: Answer<Value>): void => {
      if (!isOver) setAnswered({ ...answer, question });
    };
    ask().then(
      (value) => {
        take({ value, failure: null });
      },
      (error: unknown) => {
        take({ value: null, failure: failureOf(error, adminSubject) });
      },
    );
    return () => {
      isOver = true;
    };
    // Not on `ask`: it is another function at each drawing, and the question names all that it asks.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [question]);
  return answered.question === question ? answered : NONE_YET;
}
