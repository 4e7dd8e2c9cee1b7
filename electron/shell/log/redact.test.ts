import { describe, expect, it } from 'vitest';
import { createRedactor } from './redact.ts';

describe('a known secret', () => {
  const redactor = createRedactor();
  redactor.hide('s3cret$&"quoted"');
  redactor.hide('s3cret$&"quoted" and longer');
  redactor.hide('\ud800 half a character');

  it('is taken out wherever it stands, however it is written', () => {
    for (const form of ['s3cret$&"quoted"', 's3cret$&\\"quoted\\"', 's3cret%24%26%22quoted%22'])
      expect(redactor.redact(`cannot log in with ${form}!`)).toBe('cannot log in with [hidden]!');
  });

  it('leaves nothing of a longer one of which it is a part', () => {
    expect(redactor.redact('x s3cret$&"quoted" and longer y')).toBe('x [hidden] y');
  });

  it('does not garble words when it is too short to be one', () => {
    redactor.hide('a');
    redactor.hide('');
    expect(redactor.redact('an apple')).toBe('an apple');
  });
});

describe('what looks like a secret', () => {
  const redact = (text: string): string => createRedactor().redact(text);

  it.each([
    ['requirepass hunter2', 'requirepass [hidden]'],
    ['masterauth "hunter2"', 'masterauth "[hidden]"'],
    [String.raw`requirepass "\x24hun\x23ter2" next`, 'requirepass "[hidden]" next'],
    [JSON.stringify(String.raw`requirepass "\x24hun\x23ter2"`), String.raw`"requirepass \"[hidden]\""`],
    ['{"password":"hunter2","user":"admin"}', '{"password":"[hidden]","user":"admin"}'],
    [JSON.stringify('{"passphrase": "hunter2"}'), String.raw`"{\"passphrase\": \"[hidden]\"}"`],
    ['sudoPassword: hunter2\nnext', 'sudoPassword: [hidden]\nnext'],
    ['REDIS_PASSWORD=hunter2 triad', 'REDIS_PASSWORD=[hidden] triad'],
    ['redis-cli -a hunter2 ping', 'redis-cli -a [hidden] ping'],
    ['redis://default:hunter2@10.0.0.1:7000', 'redis://default:[hidden]@10.0.0.1:7000'],
  ])('%s', (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  it('is a private key, whole or cut off', () => {
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\nBBBB\n-----END OPENSSH PRIVATE KEY-----';
    expect(redact(`read ${key} from x`)).toBe('read [hidden] from x');
    expect(redact(`read ${key.slice(0, 45)}`)).toBe('read [hidden]');
  });

  it('is not what merely resembles it', () => {
    const line = 'drafts.save took 12 ms; triad://app/index.html; the bypass is open';
    expect(redact(line)).toBe(line);
  });
});
