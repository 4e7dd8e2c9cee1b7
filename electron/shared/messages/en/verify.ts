/** Words of `triad report verify`: whether a report is what was made of its run. */
export const verifyTexts = {
  'cli.about.report': 'reports that were written: verify',
  'cli.about.reportVerify':
    'compare a report (HTML, JSON or Markdown) with the record of its run; exit code 0: it matches and the record is complete, 1: report or record was altered, 2: no record or no report, 4: the record matches, but does not close the run, or the report is of another version and cannot be compared',
  'cli.option.verifyRun': 'folder with the record of the run (events.ndjson or record.jsonl.gz); else it is looked for',
  'cli.verify.matches': '{{file}} matches: it is byte for byte what this Triad makes of the record of its run.',
  'cli.verify.hash': 'SHA-256 of the record: {{sha256}} (run {{runId}})',
  'cli.verify.place.named': 'The record is the one that --run names.',
  'cli.verify.place.history': 'The record is the one among the kept runs of this computer.',
  'cli.verify.place.beside': 'The record is the one that lies beside the report.',
  'cli.verify.place.attached':
    'The record is the one in the report itself. Who altered both together would not be found: compare the hash with one that was written down elsewhere.',
  'cli.verify.complete': 'The record is complete: its last event closes the run.',
  'cli.verify.incomplete':
    'The record is incomplete: its last event does not close the run. The run was broken off, or the record was cut off after a whole line, and what is missing cannot be told from here.',
  'cli.verify.goesOn':
    'The report covers only the beginning of the record, which goes on: it was made before the run went on. Write it again with `triad history show {{runId}} --report FOLDER`.',
  'cli.verify.lineEnds': 'Only ends of lines are others, as mail and repositories change them.',
  'cli.verify.recordOnly': 'The record is the one that {{file}} was made from. What the report says of it was not compared.',
  'cli.verify.otherVersion':
    'The report is of Triad {{theirs}} and this is {{ours}}, which words reports in its own way: verify with {{theirs}} for more.',
  'cli.verify.unreadable': 'This Triad cannot read a record with events like these.',
  'cli.verify.reportAltered':
    '{{file}} was altered: it differs in line {{line}}, column {{column}} from what this Triad makes of the record.',
  'cli.verify.expected': '  should be: {{text}}',
  'cli.verify.found': '  is:        {{text}}',
  'cli.verify.recordAltered': 'The record of the run was altered, or is not the one of this report: its SHA-256 is {{sha256}}.',
  'cli.verify.missing': 'No record of run {{runId}} is here: name the folder that has it with --run FOLDER.',
} as const;
