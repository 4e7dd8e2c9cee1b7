/** Text of a program, and whether its bytes were in a code page that nobody told us: then only ASCII in it can be trusted. */
export interface DecodedOutput {
  readonly text: string;
  readonly isForeign: boolean;
}

const ENOUGH_TO_TELL = 8;

/**
 * Decodes what a program printed. Triad's helper and PowerShell after its prologue write UTF-8; some tools write UTF-16 when redirected; all others write the
 * code page of the console (850, 866, 936, ...), of which no text is ever used for a decision: latin1 keeps each byte as one character for the evidence.
 */
export function decodeOutput(bytes: Buffer): DecodedOutput {
  if (isUtf16(bytes)) return { text: bytes.toString('utf16le').replace(/^\uFEFF/u, ''), isForeign: false };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isForeign: false };
  } catch {
    return { text: bytes.toString('latin1'), isForeign: true };
  }
}

/** A byte order mark, or every second byte of the beginning zero: ASCII text in UTF-16LE. */
function isUtf16(bytes: Buffer): boolean {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return true;
  const beginning = bytes.subarray(0, 2 * ENOUGH_TO_TELL);
  if (beginning.length < ENOUGH_TO_TELL) return false;
  return beginning.every((byte, index) => index % 2 === 0 || byte === 0);
}

/** Standard error of PowerShell without its XML, and the error texts that stood in it. */
export interface WithoutClixml {
  readonly text: string;
  readonly errors: readonly string[];
}

const OBJECTS = /<Objs\b[\s\S]*?(?:<\/Objs>|$)/gu;
const ERROR_TEXT = /<S S="Error">([\s\S]*?)<\/S>/gu;
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** PowerShell writes progress and errors as XML when its standard error is no console; progress says nothing, errors are kept as text. */
export function withoutClixml(stderr: string): WithoutClixml {
  const errors = [...stderr.matchAll(OBJECTS)].flatMap(([objects]) => {
    const parts = [...objects.matchAll(ERROR_TEXT)].map((match) => plainText(match[1] ?? ''));
    const whole = parts.join('').trim();
    return whole === '' ? [] : [whole];
  });
  const text = stderr
    .replace(/^#< CLIXML\r?\n?/gmu, '')
    .replace(OBJECTS, '')
    .trim();
  return { text, errors };
}

function plainText(xml: string): string {
  return xml
    .replace(/_x([0-9A-Fa-f]{4})_/gu, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&(lt|gt|quot|apos|amp);/gu, (_, name: string) => ENTITIES[name] ?? '');
}

/**
 * The last line that is a JSON object, or undefined. A login message comes before it on the same output, and a driver or an antivirus program that
 * was loaded into the process may print behind it.
 */
export function lastJsonLine(stdout: string): unknown {
  for (const line of stdout.split(/\r?\n/u).toReversed()) {
    const value = jsonObject(line.trim());
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The object that a line is, or undefined. */
export function jsonObject(line: string): unknown {
  if (!line.startsWith('{') || !line.endsWith('}')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
