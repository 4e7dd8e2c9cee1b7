import { expect, it } from 'vitest';
import { readOptions } from './options.ts';

it('takes five rounds of everything and three of Ansible', () => {
  const { rounds, ansibleRounds, parts } = readOptions([]);
  expect([rounds, ansibleRounds, [...parts]]).toEqual([5, 3, ['install', 'floor', 'ansible']]);
});

it('never takes more rounds of Ansible than of the rest', () => {
  expect(readOptions(['--rounds', '2']).ansibleRounds).toBe(2);
  expect(readOptions(['--rounds', '9', '--ansible-rounds', '9']).ansibleRounds).toBe(9);
});

it('leaves out what is not wanted', () => {
  expect([...readOptions(['--skip-ansible']).parts]).toEqual(['install', 'floor']);
  expect([...readOptions(['--only', 'floor', '--only', 'ansible']).parts]).toEqual(['floor', 'ansible']);
});

it.each([
  [['--rounds', '0'], '--rounds cannot be "0"'],
  [['--rounds', 'many'], '--rounds cannot be "many"'],
  [['--only', 'sleep'], '--only cannot be "sleep": choose install, floor, ansible.'],
  [['--fast'], "'--fast'"],
])('refuses %j', (args, complaint) => {
  expect(() => readOptions(args)).toThrow(complaint);
});
