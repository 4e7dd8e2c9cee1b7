import { beforeAll, describe, expect, test } from 'vitest';
import { sampleWindowsPlan } from '../artifacts/testing/sampleWindows.ts';
import type { CheckResult } from '../shared/domain/check.ts';
import { LANGUAGES } from '../shared/domain/language.ts';
import type { Message } from '../shared/domain/message.ts';
import type { Platform } from '../shared/domain/platform.ts';
import { nodeSubject, serverSubject, type Subject } from '../shared/domain/subject.ts';
import { checkTexts } from '../shared/messages/en/check.ts';
import { checkWindowsTexts } from '../shared/messages/en/checkWindows.ts';
import { checkOnWindowsTexts } from '../shared/messages/en/checkOnWindows.ts';
import { failureTexts } from '../shared/messages/en/failure.ts';
import { en } from '../shared/messages/en/index.ts';
import { message, registerLanguage, sayIn } from '../shared/messages/message.ts';
import { pt } from '../shared/messages/pt/index.ts';
import { onWindows } from './onWindows.ts';

/** Programs, files and names that only Linux has. What both have (ssh-keygen, sshd, redis-cli) is none of them. */
const OF_LINUX =
  /\b(?:systemctl|systemd|journalctl|sysctl|timedatectl|chrony|mount|remount|dmesg|df|ip route|kill|rm|machine-id|hostnamectl|chown|chmod|namei|setpriv|useradd|userdel|apt|swapon|fallocate|ufw|firewalld|firewall-cmd|nft|nftables|iptables|semanage|list-timers|noexec|sudo|sudoers|root|paths\.(?:install|data|logs))\b|(?<![\w.])\/(?:etc|proc|sys|var|opt|usr|tmp)\b/u;

/** Said of facts that no Windows server has: how a Linux login comes to its rights, and settings of that kernel, whose checks do not apply. */
const ONLY_ON_LINUX =
  /^check\.(?:kernel\.|server\.privilege\.(?:root|sudo|sudoWithPassword)$|server\.(?:systemd|programs|maskedUnits|serviceUser|transparentHugePages|overcommitMemory|somaxconn|openFiles|memory|swap|reservedPorts|selinux)\.)/u;

const plan = sampleWindowsPlan();
const valuesOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...text.matchAll(/\{\{(\w+)\}\}/gu)].map(([, name = '']) => [name, name === 'pids' ? '812 813' : `X${name}X`]));

function subjectOf(code: string): Subject {
  if (code.startsWith('check.node.')) return nodeSubject('server-1', 7000);
  return code.startsWith('check.pair.') ? { kind: 'pair', from: 'server-2', to: 'server-1', port: 7000 } : serverSubject('server-1');
}

const ASIDE = message('check.unobserved.noReason');

/** What is made of one text in a result about a Windows server, wherever in the result it stands. */
function saidOnWindows(code: string, text: string): readonly Message[] {
  const own = { code, values: valuesOf(text) };
  const isRemedy = code.endsWith('.remedy');
  const result: CheckResult = {
    id: 'node.of.a.test',
    subject: subjectOf(code),
    verdict: 'fail',
    expected: isRemedy ? ASIDE : own,
    observed: isRemedy ? ASIDE : own,
    evidence: '',
    remedy: isRemedy ? own : null,
  };
  return onWindows([result], plan).flatMap(({ expected, observed, remedy }) => [expected, observed, ...(remedy === null ? [] : [remedy])]);
}

beforeAll(() => registerLanguage('pt', pt));

const TEXTS = Object.entries({ ...checkTexts, ...checkWindowsTexts }).filter(([code]) => !ONLY_ON_LINUX.test(code));

describe.each(LANGUAGES)('in %s', (language) => {
  test('no text of a check names anything of Linux in a result about a Windows server', () => {
    expect(TEXTS.length).toBeGreaterThan(250);
    const said = TEXTS.flatMap(([code, text]) => saidOnWindows(code, text).map((one) => [code, sayIn(language, one)] as const));
    expect(said.filter(([, words]) => OF_LINUX.test(words))).toEqual([]);
    expect(said.filter(([, words]) => /\{\{/u.test(words))).toEqual([]);
  });

  test('no failure tells what to do in the words of Linux alone, but those about sudo, which only Linux has', () => {
    const isAboutSudo = (code: string): boolean => /^(?:window\.remedy\.)?sudo\./u.test(code);
    const remedies = Object.keys(failureTexts).filter((code) => code.endsWith('.remedy'));
    const inWindow = Object.keys(en).filter((code) => code.startsWith('window.remedy.') && !code.startsWith('window.remedy.check.'));
    const said = [...remedies, ...inWindow]
      .filter((code) => !isAboutSudo(code))
      .map((code) => [code, sayIn(language, { code, values: {} })] as const);
    // Where the platform is not known yet, both are named.
    const forOneOnly = said.filter(([, words]) => OF_LINUX.test(words) && !/Windows/u.test(words));
    expect(forOneOnly).toEqual([]);
  });

  test('nor does the window where it has words of its own for a remedy of a check', () => {
    const prefix = 'window.remedy.';
    const said = TEXTS.filter(([code]) => code.endsWith('.remedy')).flatMap(([code, text]) =>
      saidOnWindows(code, text)
        .map((one) => ({ ...one, code: `${prefix}${one.code.replace(/\.remedy$/u, '')}` }))
        .filter((one) => Object.hasOwn(en, one.code))
        .map((one) => [one.code, sayIn(language, one)] as const),
    );
    expect(said.length).toBeGreaterThan(20);
    expect(said.filter(([, words]) => OF_LINUX.test(words) || words.includes('{{'))).toEqual([]);
  });
});

test('every text of its own stands for one that there is', () => {
  const codes: readonly string[] = Object.keys(checkTexts);
  expect(Object.keys(checkOnWindowsTexts).filter((code) => !codes.includes(code.replace('.onWindows', '')))).toEqual([]);
});

test('processes are named as PowerShell takes them', () => {
  const [, , remedy] = saidOnWindows('check.server.listenersGone.kill.remedy', '{{pids}}');
  expect(remedy === undefined ? '' : sayIn('en', remedy)).toContain('`Stop-Process -Force -Id 812,813`');
});

test.each<[readonly Platform[], string]>([
  [['linux', 'linux', 'windows'], 'systemctl'],
  [['windows', 'linux', 'linux'], 'sc.exe'],
])('a way is told in the words of the server that it leads to: %s', (platforms, word) => {
  const result: CheckResult = {
    id: 'pair.dataPort',
    subject: { kind: 'pair', from: 'server-3', to: 'server-1', port: 7000 },
    verdict: 'fail',
    expected: ASIDE,
    observed: ASIDE,
    evidence: '',
    remedy: message('check.pair.refused.cluster.remedy', { unit: 'triad-sessions-7000', to: 'server-1', rules: '' }),
  };
  const [said] = onWindows([result], sampleWindowsPlan(platforms));
  expect(sayIn('en', said?.remedy ?? ASIDE)).toContain(word);
});
