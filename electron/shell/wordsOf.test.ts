import { expect, it } from 'vitest';
import { fail } from '../shared/domain/failure.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { createRedactor } from './log/redact.ts';
import { wordsOf } from './wordsOf.ts';

const redactor = createRedactor();
redactor.hide('hunter2');

it('are what happened and what to do, where that was foreseen', () => {
  const failure = fail('spec.unreadable', adminSubject, { values: { file: 'a.triad', reason: 'hunter2' } });
  expect(wordsOf(failure, redactor)).toEqual({
    message: 'The specification a.triad cannot be read: [hidden]',
    detail: 'Check the path and that the file is YAML or JSON.',
  });
});

it.each([new Error('hunter2 is undefined'), 'hunter2 is undefined'])('are the own sentence of any other error', (error) => {
  const { message, detail } = wordsOf(error, redactor);
  expect(message).toBe('Something happened that Triad did not foresee');
  expect(detail).toBe('[hidden] is undefined\n\nTriad goes on. The log tells more.');
});
