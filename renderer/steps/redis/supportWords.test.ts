import { afterEach, expect, it } from 'vitest';
import { registerLanguage, setLanguage } from '../../../electron/shared/messages/message.ts';
import { pt } from '../../../electron/shared/messages/pt/index.ts';
import { sampleBuilds } from '../../bridge/testing/sampleBuilds.ts';
import { hasSupportEnded, monthWords, outSystemsWords, supportWords } from './supportWords.ts';

registerLanguage('pt', pt);
afterEach(() => {
  setLanguage('en');
});

const [debian] = sampleBuilds;
const summer = new Date('2027-07-01T00:00:00Z');

it('names a month, or a year alone, in the language of the reader', () => {
  expect([monthWords('2028-06'), monthWords('2031')]).toEqual(['June 2028', '2031']);
  setLanguage('pt');
  expect(monthWords('2028-06')).toBe('junho de 2028');
});

it('ends support with the last day of its month or year', () => {
  expect(hasSupportEnded('2027-06', summer)).toBe(true);
  expect(hasSupportEnded('2027-07', summer)).toBe(false);
  expect(hasSupportEnded('2027', summer)).toBe(false);
  expect(hasSupportEnded('2026', summer)).toBe(true);
});

it('says who looks after a build, until when, and what OutSystems says', () => {
  expect(debian).toBeDefined();
  if (debian === undefined) return;
  expect(supportWords(debian.build, summer)).toBe('Security fixes by Debian until June 2028.');
  expect(supportWords(debian.build, new Date('2029-01-01T00:00:00Z'))).toBe('Security fixes by Debian ended in June 2028.');
  expect(outSystemsWords(debian.build)).toBe('OutSystems lists it for sessions since Platform Server 11.23.');
});
