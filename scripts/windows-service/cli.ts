// `npm run windows-service -- COMMAND`: builds triad-service.exe, the program that Triad uploads to Windows servers.
import { relative } from 'node:path';
import { PracticeError } from '../practice/practiceError.ts';
import { BuildError } from '../redis/buildError.ts';
import { buildTwice, differences, ensureHelper, helperFile, readRecord, recordFile, sha256Of, writeRecord } from './helperBuild.ts';

const usage = `Usage: npm run windows-service -- COMMAND

  ensure   make sure that the program is there and is built of the source as it stands
  verify   build it twice in different folders; both must have the recorded SHA-256
  record   build it twice and write its SHA-256 down: after a change of the source
`;

const say = (sentence: string): void => void process.stdout.write(`${sentence}\n`);

async function run(command: string): Promise<boolean> {
  switch (command) {
    case 'ensure':
      await ensureHelper(say);
      say(`${sha256Of(helperFile)}  ${relative(process.cwd(), helperFile)}`);
      return true;
    case 'verify': {
      const made = await buildTwice(say);
      const faults = differences(made, readRecord());
      for (const fault of faults) say(fault);
      if (faults.length === 0) say(`Two builds are equal, byte by byte, and are the recorded one: ${made.sha256}.`);
      return faults.length === 0;
    }
    case 'record': {
      const made = await buildTwice(say);
      writeRecord(made);
      say(`${relative(process.cwd(), recordFile)} has ${made.sha256}.`);
      return true;
    }
    default:
      process.stdout.write(usage);
      return false;
  }
}

try {
  process.exitCode = (await run(process.argv[2] ?? '')) ? 0 : 1;
} catch (error) {
  if (!(error instanceof BuildError) && !(error instanceof PracticeError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
