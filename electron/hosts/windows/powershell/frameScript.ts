import { POWERSHELL_SCRIPTS, type PowershellScript } from './scripts.ts';

const BEGIN_MARK = 'TRIAD-ANSWER-BEGIN';
const END_MARK = 'TRIAD-ANSWER-END';

/** The longest script for `-EncodedCommand`: base64 of UTF-16 takes 2.67 characters for one, and cmd takes 8191 on a line. */
export const MOST_ENCODED_CHARACTERS = 2900;

/** JSON in ASCII that may stand in single quotes of PowerShell: there nothing but the quote has a meaning. */
function quotedJson(request: unknown): string {
  const escaped = (character: string): string =>
    Array.from({ length: character.length }, (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
  const json = JSON.stringify(request).replace(/['\u007F-\u{10FFFF}]/gu, escaped);
  return `'${json}'`;
}

/**
 * A whole script: errors end it, progress is silent (it would come as XML on standard error), output is UTF-8 where that may be set (Constrained Language
 * refuses it), and the answer stands between marks. The exit code is said explicitly: that of `-EncodedCommand` is 0 for most errors.
 */
export function frameScript(name: PowershellScript, request: unknown): string {
  return `$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
try { [Console]::OutputEncoding = New-Object -TypeName Text.UTF8Encoding -ArgumentList $false } catch { }
try {
$request = ConvertFrom-Json -InputObject ${quotedJson(request)}
$answer = & {${POWERSHELL_SCRIPTS[name]}}
$code = 0
} catch {
$answer = @{ error = $_.Exception.HResult; words = "$_" }
$code = 1
}
'${BEGIN_MARK}'
ConvertTo-Json -InputObject $answer -Compress -Depth 6
'${END_MARK}'
exit $code
`;
}

/** The argument of `-EncodedCommand`. */
export function encodeScript(script: string): string {
  return Buffer.from(script, 'utf16le').toString('base64');
}

/** The bytes of a `.ps1`: without the mark at the beginning, Windows PowerShell 5.1 reads the code page of the machine. */
export function scriptFile(script: string): Buffer {
  return Buffer.from(`\uFEFF${script.replaceAll('\n', '\r\n')}`, 'utf8');
}

/** The JSON between the marks, or undefined. Line ends in it are not its own: JSON has none, the console may. */
export function readAnswer(stdout: string): unknown {
  const begin = stdout.lastIndexOf(BEGIN_MARK);
  const end = stdout.indexOf(END_MARK, begin);
  if (begin < 0 || end < 0) return undefined;
  try {
    return JSON.parse(stdout.slice(begin + BEGIN_MARK.length, end).replace(/[\r\n]/gu, ''));
  } catch {
    return undefined;
  }
}
