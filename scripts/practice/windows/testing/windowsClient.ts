import { readFileSync } from 'node:fs';
import { Socket } from 'node:net';
import ssh2, { type Client, type ClientChannel, type SFTPWrapper } from 'ssh2';
import { onTestFinished } from 'vitest';
import type { PracticeSet } from '../../practiceSet.ts';
import { serverAt, type ServerNumber } from '../../setPlace.ts';

/** What a command on a Windows server left behind; the exit code has 32 bits. */
export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** An SSH connection that shows exit codes as they are, unlike the ssh client, which cuts them to 8 bits. */
export interface WindowsClient {
  readonly ident: string;
  /** Ends the connection; the test's end does too. */
  close(): void;
  run(command: string, input?: string): Promise<Ran>;
  sftp(): Promise<SFTPWrapper>;
  /** The first bytes that somebody answers through the server's TCP forwarding, or why there is nobody. */
  forward(address: string, port: number, send: string): Promise<string>;
}

/** Logs in as the set says; the connection is closed with the test. */
export async function connectWindows(set: PracticeSet, number: ServerNumber): Promise<WindowsClient> {
  const { user, port, auth } = set.loginOf(number);
  const client = new ssh2.Client();
  let ident = '';
  client.on('greeting', () => undefined);
  onTestFinished(() => {
    client.end();
  });
  const sock = new Socket();
  sock.once('data', (bytes: Buffer) => (ident = bytes.toString().split('\r\n')[0] ?? ''));
  await new Promise<void>((resolve, reject) => {
    sock.once('error', reject);
    sock.connect({ host: serverAt(set.place, number).address, port }, resolve);
  });
  await new Promise<void>((resolve, reject) => {
    client.once('ready', resolve).once('error', reject);
    const way =
      auth.kind === 'password'
        ? { password: auth.password }
        : { privateKey: readFileSync(auth.privateKeyFile), ...(auth.passphrase === undefined ? {} : { passphrase: auth.passphrase }) };
    client.connect({ sock, username: user, readyTimeout: 20_000, ...way });
  });
  return {
    ident,
    close: () => {
      client.end();
    },
    run: (command, input) => run(client, command, input),
    sftp: () =>
      new Promise((resolve, reject) => {
        client.sftp((error, sftp) => (error === undefined ? resolve(sftp) : reject(error)));
      }),
    forward: (address, to, send) => forward(client, address, to, send),
  };
}

function run(client: Client, command: string, input = ''): Promise<Ran> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => {
      if (error !== undefined) {
        reject(error);
        return;
      }
      const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
      let code = -1;
      channel.on('data', (chunk: Buffer) => stdout.push(chunk));
      channel.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      channel.on('exit', (exitCode: number | null) => (code = exitCode ?? -1));
      channel.on('close', () => resolve({ code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }));
      channel.end(input);
    });
  });
}

function forward(client: Client, address: string, port: number, send: string): Promise<string> {
  return new Promise((resolve) => {
    client.forwardOut('127.0.0.1', 0, address, port, (error: Error | undefined, channel: ClientChannel) => {
      if (error !== undefined) {
        resolve(`refused, reason ${'reason' in error ? String(error.reason) : 'unknown'}`);
        return;
      }
      channel.once('data', (bytes: Buffer) => {
        channel.destroy();
        resolve(bytes.toString());
      });
      channel.write(send);
    });
  });
}
