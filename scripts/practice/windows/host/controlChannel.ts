import { createServer, type Server, type Socket } from 'node:net';
import { runCommand } from '../../runCommand.ts';
import { windowsFiles } from '../hostConfig.ts';
import { readGolden, recordCall } from '../toolCalls.ts';
import { readParts, sendPart } from './channelParts.ts';
import { argumentsOf } from './commandLine.ts';
import { answerDefender } from './defenderCmdlets.ts';
import { parseFirewallRule, type FirewallRule } from './firewallRule.ts';
import { answerNetsh, type NetshAnswer, type StoredRule } from './netsh.ts';
import type { PendingExecs } from './pendingExecs.ts';
import { inItsName, linuxProgram } from './redisPrograms.ts';
import { doesItself, goldenAnswer, knownAnswer, readableLine, type ToolAnswer, type ToolQuestion } from './toolAnswer.ts';
import { linuxPathOf } from './windowsPath.ts';

// As in programs/channel.h.
const channelAddress = '127.255.255.254';
const channelPort = 1;

/** What the channel needs of the rest of the host. */
export interface ChannelParts {
  readonly serverFolder: string;
  readonly execs: PendingExecs;
  /** Called whenever netsh has changed the rules, and at boot. */
  readonly applyRules: (rules: readonly FirewallRule[]) => Promise<void>;
  readonly power: (what: 'off' | 'reboot') => void;
}

/** The program that `host.ts` runs at boot, before anything can be asked from outside: a stand-in that only tells its rules. */
export const bootTool = 'triad-practice-boot.exe';

/** Opens the place where the programs in the prefix ask what to do. */
export async function openChannel(host: ChannelParts): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    converse(socket, host);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: channelAddress, port: channelPort }, resolve);
  });
  return server;
}

function converse(socket: Socket, host: ChannelParts): void {
  let said = new Map<string, string>();
  let rules: StoredRule[] = [];
  /** What comes next when the program asks; the first question is what it is to do at all. */
  let onAsk = (): Promise<void> => begin();
  const say = (word: string, content: string | Buffer): void => sendPart(socket, word, content);

  async function begin(): Promise<void> {
    const exec = said.get('exec');
    if (exec !== undefined) {
      const { folder, line } = host.execs.take(exec);
      say('folder', folder);
      say('line', line);
      return;
    }
    const question = questionOf(said, host.serverFolder);
    if (question.tool === bootTool || question.tool === 'netsh.exe') {
      rules = [];
      say('rules', '');
      onAsk = () => (question.tool === bootTool ? finishBoot() : netsh(question));
      return;
    }
    await answer(question);
  }

  async function finishBoot(): Promise<void> {
    await host.applyRules(parsed(rules));
    say('exit', '0');
  }

  async function netsh(question: ToolQuestion): Promise<void> {
    const given = goldenAnswer(question, readGolden(windowsFiles(host.serverFolder).golden));
    const modelled = given === undefined ? answerNetsh(argumentsOf(question.line).slice(1), rules) : undefined;
    if (modelled === undefined) {
      finish(question, given);
      return;
    }
    change(modelled);
    rules = [];
    say('rules', '');
    // What stands in the registry now is what counts, not what we think we have written.
    onAsk = async () => {
      await host.applyRules(parsed(rules));
      finish(question, { stdout: modelled.stdout, stderr: '', code: modelled.code });
    };
  }

  function change({ set, remove }: NetshAnswer): void {
    for (const { id, text } of set) say('set', `${id}\t${text}`);
    for (const id of remove) say('delete', id);
  }

  async function answer(question: ToolQuestion): Promise<void> {
    const files = windowsFiles(host.serverFolder);
    const program = linuxProgram(question, files);
    if (program?.isShort === true) {
      const [first = '', ...args] = program.words;
      const result = await runCommand(first, args);
      finish(question, program.isCommand ? result : { ...result, stdout: inItsName(question.tool, result.stdout) });
      return;
    }
    if (program !== undefined) {
      recordCall(files.calls, { tool: question.tool, line: question.line, code: 0, isAnswered: true });
      say('linux', program.words.map((word) => `${word}\0`).join(''));
      return;
    }
    const known =
      goldenAnswer(question, readGolden(files.golden)) ?? knownAnswer(question, files.driveC) ?? answerDefender(question, files.defender);
    if (known === undefined && doesItself(question)) {
      recordCall(files.calls, { tool: question.tool, line: question.line, code: 0, isAnswered: true });
      say('self', '');
    } else finish(question, known);
  }

  function finish(question: ToolQuestion, answered: ToolAnswer | undefined): void {
    const line = readableLine(question);
    const { stdout, stderr, code, power } = answered ?? unanswered(line);
    recordCall(windowsFiles(host.serverFolder).calls, { tool: question.tool, line, code, isAnswered: answered !== undefined });
    say('out', stdout);
    say('err', stderr);
    say('exit', String(code));
    if (power !== undefined) host.power(power);
  }

  readParts(socket, ({ word, bytes }) => {
    const text = bytes.toString('utf8');
    if (word === 'rule') {
      const tab = text.indexOf('\t');
      rules.push({ id: text.slice(0, tab), text: text.slice(tab + 1) });
    } else if (word === 'code') {
      host.execs.ended(said.get('exec') ?? '', Number(text));
      say('done', '');
    } else if (word === 'ask') {
      onAsk().catch((error: unknown) => {
        process.stdout.write(`[practice] a stand-in could not be answered: ${String(error)}\n`);
        socket.destroy();
      });
    } else said = new Map([...said, [word, text]]);
  });
}

function unanswered(line: string): ToolAnswer {
  return { stdout: '', stderr: `practice: no golden answer for: ${line}\r\n`, code: 1 };
}

function questionOf(said: ReadonlyMap<string, string>, serverFolder: string): ToolQuestion {
  const path = said.get('tool') ?? '';
  const { driveC } = windowsFiles(serverFolder);
  return {
    tool: path.slice(path.lastIndexOf('\\') + 1).toLowerCase(),
    folder: linuxPathOf(driveC, driveC, (said.get('folder') ?? '').replace(/\\$/u, '')),
    line: said.get('line') ?? '',
    version: said.get('version'),
    auth: said.get('auth'),
  };
}

function parsed(rules: readonly StoredRule[]): FirewallRule[] {
  return rules.map(({ text }) => parseFirewallRule(text)).filter((rule) => rule !== undefined);
}
