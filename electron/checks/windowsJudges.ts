import { judgeWindowsCommit } from './server/windowsCommit.ts';
import { judgeWindowsDisk } from './server/windowsDisk.ts';
import { judgeWindowsMemory } from './server/windowsMemory.ts';
import { judgeWindowsPageFile } from './server/windowsPageFile.ts';
import { judgeWindowsPorts } from './server/windowsPorts.ts';

/** What is judged of a Windows server beside what is judged of every server, by the id of its check. */
export const WINDOWS_JUDGES = {
  'server.windowsMemory': judgeWindowsMemory,
  'server.windowsCommit': judgeWindowsCommit,
  'server.windowsPageFile': judgeWindowsPageFile,
  'server.windowsDisk': judgeWindowsDisk,
  'server.windowsPorts': judgeWindowsPorts,
} as const;
