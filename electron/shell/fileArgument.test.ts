import { expect, it } from 'vitest';
import { fileArgument } from './fileArgument.ts';

it.each([
  [['triad', 'sessions.triad'], '/home/admin/sessions.triad'],
  [['triad', '/etc/a b.YAML'], '/etc/a b.YAML'],
  [['electron', '--no-sandbox', '--user-data-dir=/x/y.json', '/checkout/app', 'up/../spec.yml'], '/home/admin/spec.yml'],
])('%j opens %s', (args, file) => {
  expect(fileArgument(args, '/home/admin')).toBe(file);
});

it.each([[['triad']], [['triad.json']], [['electron', '/checkout/app']], [['triad', '--spec.json', 'notes.txt', 'https://x.invalid/']]])(
  '%j opens nothing',
  (args) => {
    expect(fileArgument(args, '/home/admin')).toBeNull();
  },
);
