import { expect, it } from 'vitest';
import { machineClashes, type MachineMarks } from './sameMachine.ts';

const marks = (server: number, machineId: string | null, key: string): MachineMarks => ({
  server,
  machineId,
  hostKey: { type: 'ssh-ed25519', fingerprint: key },
});

it('finds nothing in three machines', () => {
  expect(machineClashes([marks(0, 'a', 'k1'), marks(1, 'b', 'k2'), marks(2, null, 'k3')])).toEqual([]);
});

it('knows one installation under two addresses, whatever key was offered', () => {
  expect(machineClashes([marks(0, 'a', 'k1'), marks(2, 'a', 'k2')])).toEqual([{ kind: 'sameMachine', server: 2, first: 0 }]);
});

it('takes one host key for one machine only perhaps, and for a copied one when the installations differ', () => {
  expect(machineClashes([marks(0, null, 'k1'), marks(1, 'b', 'k1')])).toEqual([{ kind: 'perhaps', server: 1, first: 0 }]);
  expect(machineClashes([marks(0, 'a', 'k1'), marks(1, 'b', 'k1')])).toEqual([{ kind: 'sharedKey', server: 1, first: 0 }]);
});

it('names every pair of three that are one', () => {
  expect(machineClashes([marks(0, 'a', 'k'), marks(1, 'a', 'k'), marks(2, 'a', 'k')])).toEqual([
    { kind: 'sameMachine', server: 1, first: 0 },
    { kind: 'sameMachine', server: 2, first: 0 },
    { kind: 'sameMachine', server: 2, first: 1 },
  ]);
});

it('compares nothing with a server whose key was not read', () => {
  expect(machineClashes([marks(0, null, ''), marks(1, null, '')])).toEqual([]);
});
