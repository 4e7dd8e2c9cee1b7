import { verifyReport, type Verification } from '../handlers/verifyReport.ts';
import { message, say } from '../shared/messages/message.ts';
import { triadHome } from '../storage/triadHome.ts';
import { command, type JsonOption } from './bundleCommand.ts';
import type { ExitCode } from './exitCode.ts';
import { TRIAD_VERSION } from '../handlers/triadVersion.ts';

/** The options of `report verify`. */
export interface VerifyOptions extends JsonOption {
  /** The folder of the run. */
  readonly run?: string;
}

/** A report that was altered is a finding; one whose record is nowhere could not be looked at; one of another version, or of a record without an end, only in part. */
const EXIT_CODE: Readonly<Record<Verification['outcome'], ExitCode>> = {
  matches: 0,
  reportAltered: 1,
  recordAltered: 1,
  recordMissing: 2,
  recordOnly: 4,
};

/** `triad report verify FILE`: whether a report says what the record of its run says, and whether that is the one that it was made from. Contacts no server. */
export async function reportVerify(file: string, options: VerifyOptions): Promise<ExitCode> {
  return command(options, async () => {
    const verification = await verifyReport({ file, run: options.run, home: triadHome(), triadVersion: TRIAD_VERSION });
    return {
      json: { type: 'verified', file, ...verification },
      text: wordsOf(file, verification),
      code: verification.outcome === 'matches' && verification.end !== 'complete' ? 4 : EXIT_CODE[verification.outcome],
    };
  });
}

function wordsOf(file: string, verification: Verification): readonly string[] {
  const { stamp } = verification;
  const hash = say(message('cli.verify.hash', { sha256: stamp.sha256, runId: stamp.runId }));
  if (verification.outcome === 'recordMissing') return [say(message('cli.verify.missing', { runId: stamp.runId })), hash];
  const from = say(message(`cli.verify.place.${verification.place}`));
  if (verification.outcome === 'recordAltered')
    return [say(message('cli.verify.recordAltered', { sha256: verification.sha256 })), hash, from];
  const end = say(message(`cli.verify.${verification.end}`, { runId: stamp.runId }));
  switch (verification.outcome) {
    case 'matches':
      return [
        say(message('cli.verify.matches', { file })),
        end,
        hash,
        from,
        ...(verification.areLineEndsOthers ? [say(message('cli.verify.lineEnds'))] : []),
      ];
    case 'recordOnly':
      return [
        say(message('cli.verify.recordOnly', { file })),
        end,
        hash,
        from,
        say(
          verification.reason === 'otherVersion'
            ? message('cli.verify.otherVersion', { theirs: stamp.triad, ours: TRIAD_VERSION })
            : message('cli.verify.unreadable'),
        ),
      ];
    case 'reportAltered': {
      const { line, column, expected, found } = verification.difference;
      return [
        say(message('cli.verify.reportAltered', { file, line, column })),
        say(message('cli.verify.expected', { text: JSON.stringify(expected) })),
        say(message('cli.verify.found', { text: JSON.stringify(found) })),
        end,
        hash,
        from,
      ];
    }
  }
}
