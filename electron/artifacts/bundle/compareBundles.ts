import { createTwoFilesPatch } from 'diff';
import { BUNDLE_PATHS, type PartDifference } from '../../shared/domain/configBundle.ts';

/** Parts by place; as a bundle has them, or as a specification would make them. */
export type Parts = ReadonlyMap<string, Uint8Array>;

/** Above this a diff is told without its lines: it would take seconds, and nobody reads it. */
const LONGEST_DIFF_BYTES = 512 * 1024;

function textOf(bytes: Uint8Array): string | null {
  if (bytes.length > LONGEST_DIFF_BYTES) return null;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function diffOf(path: string, one: Uint8Array, other: Uint8Array): string {
  // A journal is a list of events: that it is another one is all there is to say.
  if (path.startsWith('runs/')) return '';
  const [before, after] = [textOf(one), textOf(other)];
  if (before === null || after === null) return '';
  // The first line is a rule of `=`, which no tool asks for.
  return createTwoFilesPatch(`a/${path}`, `b/${path}`, before, after, undefined, undefined, { context: 3 }).replace(/^=+\n/u, '');
}

/**
 * How the parts of two bundles differ, by place. Left out are the manifest, which only lists the others, the README, which only words them, and the
 * sealed secrets, which differ with every export of the same.
 */
export function compareBundles(first: Parts, second: Parts): readonly PartDifference[] {
  const ignored: ReadonlySet<string> = new Set([BUNDLE_PATHS.manifest, BUNDLE_PATHS.readme, BUNDLE_PATHS.sealed]);
  const paths = [...new Set([...first.keys(), ...second.keys()])].filter((path) => !ignored.has(path)).toSorted();
  return paths.flatMap((path): PartDifference[] => {
    const [one, other] = [first.get(path), second.get(path)];
    if (one === undefined) return [{ path, kind: 'onlyInSecond', diff: '' }];
    if (other === undefined) return [{ path, kind: 'onlyInFirst', diff: '' }];
    return isSame(one, other) ? [] : [{ path, kind: 'differs', diff: diffOf(path, one, other) }];
  });
}
