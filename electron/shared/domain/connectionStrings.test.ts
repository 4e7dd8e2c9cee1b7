import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { carriesPassword, CONNECTION_FORMATS, connectionString, PASSWORD_PLACEHOLDER } from './connectionStrings.ts';
import { FailureError } from './failure.ts';
import { planCluster, type ClusterPlan } from './plan.ts';
import { ClusterSpec } from './spec.ts';

function planFor(addresses: readonly string[]): ClusterPlan {
  const spec = ClusterSpec.parse({
    schemaVersion: 1,
    name: 'sessions',
    servers: addresses.map((address, index) => ({ name: `server-${index + 1}`, address, ssh: { user: 'root', auth: { agent: true } } })),
  });
  return planCluster(spec, {
    version: '7.2.16',
    origin: 'built',
    folderName: 'redis-7.2.16',
    licence: 'BSD-3-Clause',
    sourceArchive: 'redis-7.2.16.tar.gz',
    sourceSha256: '0'.repeat(64),
    files: [],
  });
}

const plan = planFor(['10.0.0.1', '10.0.0.2', '10.0.0.3']);
const planOfSix = planFor(['fd00::1', 'fd00::2', 'fd00::3']);

/** As StackExchange.Redis reads it: `ConfigurationOptions.DoParse`. */
function readStackExchange(text: string): { readonly endpoints: readonly string[]; readonly password: string | null } {
  const endpoints: string[] = [];
  let password: string | null = null;
  for (const part of text.split(',').map((one) => one.trim())) {
    const at = part.indexOf('=');
    if (at <= 0) endpoints.push(part);
    else if (part.slice(0, at).trim() === 'password') password = part.slice(at + 1).trim();
  }
  return { endpoints, password };
}

/** The text between two tags, as an XML reader gives it. */
function readXml(xml: string): string {
  const inner = /<ConnectionString encrypted="false">([^<>]*)<\/ConnectionString>/u.exec(xml)?.[1] ?? '';
  expect(inner.replaceAll(/&(?:amp|lt|gt|#13);/gu, '')).not.toContain('&');
  return inner
    .replaceAll(/\r\n?/gu, '\n')
    .replaceAll('&#13;', '\r')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The string that a literal of JavaScript, Java or C# stands for; only the escapes that all three share are read. */
function readLiteral(literal: string | undefined): string {
  expect(literal).toMatch(/^"(?:[ !#-[\]-~]|\\["\\nr]|\\u[0-9a-f]{4})*"$/u);
  return String(JSON.parse(literal ?? '""'));
}

function readPython(literal: string | undefined): string {
  expect(literal).toMatch(/^"(?:[ !#-[\]-~]|\\["\\nr]|\\u[0-9a-f]{4}|\\U[0-9a-f]{8})*"$/u);
  const read: Readonly<Record<string, string>> = { n: '\n', r: '\r', '"': '"', '\\': '\\' };
  return (literal ?? '')
    .slice(1, -1)
    .replaceAll(/\\(?:u([0-9a-f]{4})|U([0-9a-f]{8})|(.))/gu, (_, short?: string, long?: string, mark?: string) => {
      const code = short ?? long;
      return code === undefined ? (read[mark ?? ''] ?? '?') : String.fromCodePoint(Number.parseInt(code, 16));
    });
}

/** The words of a command line, as a POSIX shell reads single quotes and `\'`. */
function readShell(line: string): string {
  let text = '';
  let rest = line;
  while (rest !== '') {
    const quoted = /^'([^']*)'/u.exec(rest);
    const escape = /^\\(.)/su.exec(rest);
    const [whole, value] = quoted ?? escape ?? [rest[0] ?? '', rest[0] ?? ''];
    text += value ?? '';
    rest = rest.slice(whole.length);
  }
  return text;
}

const anyPassword = fc.oneof(
  fc.string({ minLength: 1, unit: 'grapheme-composite' }),
  fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)),
  fc.string({
    minLength: 1,
    unit: fc.constantFrom('"', "'", '\\', ',', '<', '&', '>', '=', ' ', '$', '`', '!', 'u', '0', '\n', '\r', 'é', '😀'),
  }),
);

// oxlint-disable-next-line no-control-regex -- exactly these cannot be written
const NOT_IN_XML = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/u;

/** The code of the failure that something throws; null where it throws none. */
function codeOf(action: () => unknown): string | null {
  try {
    action();
    return null;
  } catch (error) {
    return error instanceof FailureError ? error.failure.code : String(error);
  }
}

const SIX = ['10.0.0.1:7000', '10.0.0.2:7000', '10.0.0.3:7000', '10.0.0.1:7001', '10.0.0.2:7001', '10.0.0.3:7001'];

describe('settings for clients', () => {
  it('name all six nodes, the planned masters first, and hold a placeholder', () => {
    expect(connectionString('outsystemsHosts', plan, null)).toBe(SIX.join(','));
    expect(connectionString('stackExchange', plan, null)).toBe(`${SIX.join(',')},password=[PASSWORD],abortConnect=false`);
  });

  it.each(CONNECTION_FORMATS.filter((format) => format !== 'redisCli'))('name all six nodes in order for %s', (format) => {
    const text = connectionString(format, plan, null);
    const at = SIX.map((endpoint) => {
      const [host = '', port = ''] = endpoint.split(':');
      return text.search(new RegExp(`${host.replaceAll('.', String.raw`\.`)}\\W[^0-9]*${port}`, 'u'));
    });
    expect(at.every((one) => one >= 0)).toBe(true);
    expect(at).toEqual(at.toSorted((one, other) => one - other));
    expect(text.includes(PASSWORD_PLACEHOLDER)).toBe(carriesPassword(format));
  });

  it('write the block of OutSystems as its documentation has it', () => {
    expect(connectionString('outsystems', plan, 'a<b&c')).toBe(
      [
        '<InMemorySessionConfiguration ProviderKey="Redis">',
        `  <ConnectionString encrypted="false">${SIX.join(',')},password=a&lt;b&amp;c</ConnectionString>`,
        '</InMemorySessionConfiguration>',
      ].join('\n'),
    );
  });

  it('let redis-cli ask for a password that is not given', () => {
    expect(connectionString('redisCli', plan, null)).toBe('redis-cli -c -h 10.0.0.1 -p 7000 --askpass');
  });

  it('put IPv6 addresses into brackets only where a port is joined to them', () => {
    expect(connectionString('outsystemsHosts', planOfSix, null)).toMatch(/^\[fd00::1\]:7000,\[fd00::2\]:7000,/u);
    expect(connectionString('ioredis', planOfSix, null)).toContain('{ host: "fd00::1", port: 7000 }');
    expect(connectionString('redisCli', planOfSix, null)).toContain('-h fd00::1 -p 7000');
  });

  it('never hold the password in the Hosts line', () => {
    fc.assert(fc.property(anyPassword, (password) => connectionString('outsystemsHosts', plan, password) === SIX.join(',')));
  });
});

describe('a password', () => {
  it('comes out of a StackExchange.Redis string as it went in, or stands in code', () => {
    fc.assert(
      fc.property(anyPassword, (password) => {
        const text = connectionString('stackExchange', plan, password);
        const isCode = text.startsWith('var options');
        const read = isCode ? { endpoints: SIX, password: readLiteral(/Password = (".*"),$/mu.exec(text)?.[1]) } : readStackExchange(text);
        expect(read).toEqual({ endpoints: SIX, password });
        expect(isCode).toBe(password.includes(',') || password.trim() !== password);
      }),
    );
  });

  it('comes out of the block of OutSystems as it went in, or is refused', () => {
    fc.assert(
      fc.property(anyPassword, (password) => {
        const read = (): unknown => readStackExchange(readXml(connectionString('outsystems', plan, password)));
        const fits = !password.includes(',') && password.trim() === password && !NOT_IN_XML.test(password);
        if (fits) return isDeepStrictEqual(read(), { endpoints: SIX, password });
        return codeOf(read) === 'connection.passwordUnfit';
      }),
    );
  });

  it.each([
    ['ioredis', /password: (".*") \}/u],
    ['lettuce', /password = (".*")\.toCharArray/u],
    ['jedis', /password\((".*")\)\.build/u],
  ] as const)('comes out of a literal for %s as it went in', (format, place) => {
    fc.assert(
      fc.property(anyPassword, (password) => {
        expect(readLiteral(place.exec(connectionString(format, plan, password))?.[1])).toBe(password);
      }),
    );
  });

  it('comes out of a literal of Python as it went in', () => {
    fc.assert(
      fc.property(anyPassword, (password) => {
        expect(readPython(/password=(".*"),$/mu.exec(connectionString('redisPy', plan, password))?.[1])).toBe(password);
      }),
    );
  });

  it('comes out of a shell as it went in, and is no argument of redis-cli', () => {
    fc.assert(
      fc.property(anyPassword, (password) => {
        const line = connectionString('redisCli', plan, password);
        const end = ' redis-cli -c -h 10.0.0.1 -p 7000';
        expect(line.startsWith('REDISCLI_AUTH=') && line.endsWith(end)).toBe(true);
        expect(readShell(line.slice('REDISCLI_AUTH='.length, -end.length))).toBe(password);
      }),
    );
  });
});
