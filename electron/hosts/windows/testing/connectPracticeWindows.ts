import { readFileSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import type { PracticeSet } from '../../../../scripts/practice/practiceSet.ts';
import type { ServerNumber } from '../../../../scripts/practice/setPlace.ts';
import { ensureHelper } from '../../../../scripts/windows-service/helperBuild.ts';
import { connectHost } from '../../connectHost.ts';
import { requestFor } from '../../linux/testing/connectPractice.ts';
import type { WindowsHost } from '../windowsHost.ts';

/** Connects to a practice Windows server with the program as it is built here; the connection is closed with the test. */
export async function connectPracticeWindows(set: PracticeSet, number: ServerNumber): Promise<WindowsHost> {
  const file = await ensureHelper(() => undefined);
  const host = await connectHost({ ...requestFor(set, number), helperProgram: () => Promise.resolve(readFileSync(file)) });
  onTestFinished(() => host.close());
  return host as WindowsHost;
}
