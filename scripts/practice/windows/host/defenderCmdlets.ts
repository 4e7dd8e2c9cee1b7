import { readDefender, writeDefender, type PracticeDefender } from '../defenderState.ts';
import { argumentsOf, powerShellScript } from './commandLine.ts';
import type { ToolAnswer, ToolQuestion } from './toolAnswer.ts';

/** HRESULT of a Defender whose service is off, and what its cmdlets say then. */
const OFF = { error: 0x8001_06ba - 2 ** 32, words: 'Operation failed with the following error: 0x800106ba.' };

/**
 * What PowerShell answers to Triad's three scripts about Microsoft Defender on a server that has one; undefined for every other script, and where there is none.
 * Exclusions are kept as Windows keeps them: each once, whatever its case.
 */
export function answerDefender(question: ToolQuestion, file: string): ToolAnswer | undefined {
  const defender = readDefender(file);
  const script = question.tool === 'powershell.exe' ? powerShellScript(argumentsOf(question.line)) : undefined;
  if (script === undefined || defender === null || !script.includes('MpPreference')) return undefined;
  const marks = /^'(?<begin>[A-Z-]+)'\n(?:.*\n)'(?<end>[A-Z-]+)'$/mu.exec(script)?.groups;
  const said = answerOf(script, defender, (exclusions) => writeDefender(file, { ...defender, exclusions }));
  if (said === undefined || marks === undefined) return undefined;
  const stdout = [marks['begin'], JSON.stringify(said.answer), marks['end'], ''].join('\r\n');
  return { stdout, stderr: '', code: said.code };
}

function answerOf(
  script: string,
  defender: PracticeDefender,
  keep: (exclusions: readonly string[]) => void,
): { readonly answer: unknown; readonly code: number } | undefined {
  const { isRunning, takesExclusions, exclusions } = defender;
  if (script.includes('Get-MpComputerStatus')) {
    const told = { isRunning, isRealTime: isRunning, isTamperProtected: !takesExclusions, exclusions, takesLocalExclusions: true };
    return { answer: { languageMode: 'FullLanguage', version: '5.1.20348.2700', defender: told, defenderError: null }, code: 0 };
  }
  const verb = /^(?<verb>Add|Remove)-MpPreference -ExclusionPath \$request\.paths$/mu.exec(script)?.groups?.['verb'];
  const request = /-InputObject '(?<json>\{.*\})'$/mu.exec(script)?.groups?.['json'];
  if (verb === undefined || request === undefined) return undefined;
  if (!isRunning) return { answer: OFF, code: 1 };
  const { paths } = JSON.parse(request) as { readonly paths: readonly string[] };
  const has = (list: readonly string[], path: string): boolean => list.some((one) => one.toLowerCase() === path.toLowerCase());
  const without = exclusions.filter((path) => !has(paths, path));
  const changed = verb === 'Add' ? [...exclusions, ...paths.filter((path) => !has(exclusions, path))] : without;
  const now = takesExclusions ? changed : exclusions;
  keep(now);
  const answer = verb === 'Add' ? { missing: paths.filter((path) => !has(now, path)) } : { left: paths.filter((path) => has(now, path)) };
  return { answer, code: 0 };
}
