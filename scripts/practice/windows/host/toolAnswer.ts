import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { GoldenAnswer } from '../toolCalls.ts';
import { argumentsOf, powerShellScript } from './commandLine.ts';
import { linuxPathOf } from './windowsPath.ts';

/** What a stand-in says about itself when it asks what to do. */
export interface ToolQuestion {
  /** Lower case. */
  readonly tool: string;
  /** Its working folder, in this machine's words. */
  readonly folder: string;
  readonly line: string;
  /** Of Redis, where the stand-in is one of its programs. */
  readonly version?: string | undefined;
  /** `REDISCLI_AUTH` in the environment of one of its programs. */
  readonly auth?: string | undefined;
}

/** What a stand-in is to print and to return. */
export interface ToolAnswer {
  readonly stdout: string | Buffer;
  readonly stderr: string;
  readonly code: number;
  /** What becomes of the whole server afterwards. */
  readonly power?: 'off' | 'reboot';
}

/** The command line as tests see it: with the script of an encoded PowerShell command. */
export function readableLine({ tool, line }: ToolQuestion): string {
  const script = tool === 'powershell.exe' ? powerShellScript(argumentsOf(line)) : undefined;
  return script === undefined ? line : `${line}\n${script}`;
}

/** The answer that a test has given for this call. */
export function goldenAnswer(question: ToolQuestion, golden: readonly GoldenAnswer[]): ToolAnswer | undefined {
  const line = readableLine(question);
  const found = golden.find(({ tool, pattern }) => tool === question.tool && new RegExp(pattern, 'u').test(line));
  if (found === undefined) return undefined;
  const stdout = found.stdoutBase64 === undefined ? (found.stdout ?? '') : Buffer.from(found.stdoutBase64, 'base64');
  return { stdout, stderr: found.stderr ?? '', code: found.code ?? 0 };
}

/** What a practice server knows by itself of tools other than netsh; undefined for everything else. */
export function knownAnswer(question: ToolQuestion, driveC: string): ToolAnswer | undefined {
  const args = argumentsOf(question.line).slice(1);
  const at = (path: string): string => linuxPathOf(driveC, question.folder, path);
  switch (question.tool) {
    case 'icacls.exe':
      return icacls(args, at);
    case 'certutil.exe':
      return certutil(args, at);
    case 'shutdown.exe':
      return shutdown(args);
    default:
      return undefined;
  }
}

const serviceVerbs = /^(?:query|queryex|qc|create|delete|start|stop|config|description|failure|failureflag|sidtype)$/iu;

/** Whether the stand-in can do by itself what it was called for: sc.exe can most of what is about one service. */
export function doesItself({ tool, line }: ToolQuestion): boolean {
  const [, verb = '', name = ''] = argumentsOf(line);
  return tool === 'sc.exe' && serviceVerbs.test(verb) && /^[^/=\\]+$/u.test(name);
}

const fileNotFound = 2;
const grant = /^\*?[^:*]+:(?:\((?:OI|CI|IO|NP|I)\))*(?:\([A-Z,]+\)|[FMRXW]|RX)$/u;

/** Rights are not kept: they are Wine's, and those are the files' modes here. */
function icacls([path, ...rest]: readonly string[], at: (path: string) => string): ToolAnswer | undefined {
  let isGrant = false;
  for (const arg of rest) {
    if (/^\/(?:inheritance:[red]|q|c|t|l)$/iu.test(arg)) isGrant = false;
    else if (/^\/(?:grant(?::r)?|deny|remove(?::[gd])?|setowner)$/iu.test(arg)) isGrant = true;
    else if (!isGrant || !grant.test(arg)) return undefined;
  }
  if (path === undefined || rest.length === 0) return undefined;
  if (!existsSync(at(path))) {
    const stderr = `${path}: The system cannot find the file specified.\r\n`;
    return { stdout: 'Successfully processed 0 files; Failed processing 1 files\r\n', stderr, code: fileNotFound };
  }
  return { stdout: `processed file: ${path}\r\nSuccessfully processed 1 files; Failed processing 0 files\r\n`, stderr: '', code: 0 };
}

const noSuchFileStatus = 0x80070002;

function certutil([verb, path, algorithm]: readonly string[], at: (path: string) => string): ToolAnswer | undefined {
  if (verb?.toLowerCase() !== '-hashfile' || path === undefined || algorithm?.toUpperCase() !== 'SHA256') return undefined;
  if (!existsSync(at(path))) {
    const failed = 'CertUtil: -hashfile command FAILED: 0x80070002 (WIN32: 2 ERROR_FILE_NOT_FOUND)\r\n';
    return { stdout: `${failed}CertUtil: The system cannot find the file specified.\r\n`, stderr: '', code: noSuchFileStatus };
  }
  const hash = createHash('sha256')
    .update(readFileSync(at(path)))
    .digest('hex');
  const done = 'CertUtil: -hashfile command completed successfully.\r\n';
  return { stdout: `SHA256 hash of ${basename(path)}:\r\n${hash}\r\n${done}`, stderr: '', code: 0 };
}

function shutdown(args: readonly string[]): ToolAnswer | undefined {
  const words = args.map((arg) => arg.toLowerCase().replace(/^-/u, '/'));
  const rest = words.filter((word) => !['/r', '/s', '/f', '/t', '0'].includes(word));
  if (rest.length > 0 || words.includes('/r') === words.includes('/s')) return undefined;
  return { stdout: '', stderr: '', code: 0, power: words.includes('/r') ? 'reboot' : 'off' };
}
