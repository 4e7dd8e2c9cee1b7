import { screen } from '@testing-library/react';
import { say } from '../../electron/shared/messages/message.ts';

/** The names of all fields on the screen: of an input by its label, of a choice by that of its group. */
function fieldNames(): readonly string[] {
  const inputs = [...document.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea')];
  const choices = new Set(inputs.flatMap((input) => (input.type === 'radio' ? [input.closest('[role="radiogroup"]')] : [])));
  return [
    ...inputs.filter(({ type }) => type !== 'radio' && type !== 'hidden').map((input) => input.labels?.[0]?.textContent ?? input.outerHTML),
    ...[...choices].map((choice) => choice?.getAttribute('aria-label') ?? 'a choice without a name'),
  ].map((name) => name.replace(/ \*$/u, ''));
}

/** The fields on the screen, and which of them have no button beside them that explains them. */
export function helpOfFields(): { readonly fields: readonly string[]; readonly without: readonly string[] } {
  const fields = fieldNames();
  const helped = new Set(screen.queryAllByRole('button').map((button) => button.getAttribute('aria-label')));
  return { fields, without: fields.filter((about) => !helped.has(say({ code: 'window.help.about', values: { about } }))) };
}
