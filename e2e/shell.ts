// What tests of the shell do with the main process: its questions, its log, its end, and a run that waits for servers that say nothing.
import { readFile, readdir } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type Electron from 'electron';
import type { TriadBridge } from '../electron/shared/contract/bridge.ts';
import type { ProcedureInput, ProcedureName, ProcedureOutput, Reply } from '../electron/shared/contract/procedures.ts';

/** Calls the core as the window does. Fails the test when the answer is a failure. */
export async function call<Name extends ProcedureName>(
  window: Page,
  name: Name,
  input: ProcedureInput<Name>,
): Promise<ProcedureOutput<Name>> {
  const reply = await window.evaluate(
    ([procedure, value]) => (globalThis as unknown as { readonly triad: TriadBridge }).triad.call(procedure, value),
    [name, input] as [string, unknown],
  );
  const answer = reply as Reply<ProcedureOutput<Name>>;
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.failure)}`);
  return answer.value;
}

/** The app's log, empty before there is one, by the times of its lines: those of one moment are appended side by side. */
export async function logOf(home: string): Promise<string> {
  const text = await readFile(join(home, 'logs', 'triad.log'), 'utf8').catch(() => '');
  return text.trim().split('\n').toSorted().join('\n');
}

/** Answers native questions with this button, and keeps what was asked. */
export async function answerQuestions(app: ElectronApplication, button: number): Promise<void> {
  await app.evaluate(({ dialog }, response) => {
    const questions = (Reflect.get(globalThis, 'asked') as string[] | undefined) ?? [];
    Reflect.set(globalThis, 'asked', questions);
    Reflect.set(dialog, 'showMessageBox', (...args: readonly unknown[]) => {
      const question = args.at(-1) as { readonly message: string; readonly detail?: string; readonly buttons: readonly string[] };
      questions.push([question.message, ...question.buttons].join(' | '));
      return Promise.resolve({ response, checkboxChecked: false });
    });
  }, button);
}

/** Every question so far since {@link answerQuestions}, with its buttons. */
export function asked(app: ElectronApplication): Promise<readonly string[]> {
  return app.evaluate(() => (Reflect.get(globalThis, 'asked') as string[] | undefined) ?? []);
}

/** Resolves with the exit code of the main process when it has ended. */
export async function exitOf(app: ElectronApplication): Promise<number | null> {
  const child = app.process();
  if (child.exitCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once('exit', resolve));
}

/** The journal of a run; empty before there is one. */
export async function journalOf(home: string, runId: string): Promise<string> {
  const files = await readdir(home, { recursive: true });
  const journal = files.find((file) => file.includes(runId) && file.endsWith('events.ndjson'));
  return journal === undefined ? '' : readFile(join(home, journal), 'utf8');
}

/** Three servers that take a connection and say nothing: a run waits for them until its deadline. */
export interface SilentServers {
  /** Starts a check on them and gives its id. */
  readonly startRun: (window: Page) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Opens them, each on an address of its own. */
export async function openSilentServers(): Promise<SilentServers> {
  const sockets = new Set<Socket>();
  const servers: readonly Server[] = [1, 2, 3].map(() =>
    createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    }),
  );
  await Promise.all(servers.map((server, index) => new Promise<void>((resolve) => server.listen(0, `127.0.0.${index + 1}`, resolve))));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  return {
    startRun: async (window) => {
      const draft = await call(window, 'drafts.create', undefined);
      const filled = draft.servers.map((server, index) => ({
        ...server,
        address: `192.0.2.${index + 1}`,
        sshHost: `127.0.0.${index + 1}`,
        sshPort: String(ports[index]),
        user: 'root',
      }));
      await call(window, 'drafts.save', { ...draft, servers: filled });
      await call(window, 'secrets.store', { draft: draft.id, name: 'SSH_PASSWORD_1', value: 'correct-horse' });
      const wish = { draft: draft.id, workflow: 'check' as const, servers: [], reviewed: null, deleteData: false };
      return (await call(window, 'runs.start', wish)).runId;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/**
 * What the main process says of its page's headline; runs in there, so it holds all that it needs. A page that hangs or whose process is gone never
 * answers: after a second that counts as no headline.
 */
export function readHeadline({ BrowserWindow }: Pick<typeof Electron, 'BrowserWindow'>): Promise<unknown> {
  return Promise.race([
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript("document.querySelector('h1')?.textContent ?? ''") as Promise<unknown>,
    new Promise((resolve) => setTimeout(() => resolve(''), 1000)),
  ]);
}
