import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Test files whose servers run Wine: nearly all of their time is work for a processor, where the others mostly wait for boots and time-outs. */
const runsWine = /windows/iu;

/**
 * Spreads the files with Wine evenly among the others, both in the order they had. So the workers seldom have Wine all at once, when they would
 * wait for each other, and never none of it, when the processors would wait for them.
 */
export function mixWine<File>(files: readonly File[], pathOf: (file: File) => string): readonly File[] {
  const kinds = [files.filter((file) => runsWine.test(pathOf(file))), files.filter((file) => !runsWine.test(pathOf(file)))];
  return kinds
    .flatMap((kind) => kind.map((file, index) => ({ file, share: (index + 0.5) / kind.length })))
    .toSorted((a, b) => a.share - b.share)
    .map(({ file }) => file);
}

/** The order of all test files: vitest's own (long ones first, so that no worker is left alone with one), and live tests mixed in it. */
export class LiveOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // Vitest's method, not an array's.
    // eslint-disable-next-line unicorn/no-array-sort
    const sorted = await super.sort(files);
    const live = mixWine(
      sorted.filter(({ project }) => project.name === 'live'),
      ({ moduleId }) => moduleId.slice(this.ctx.config.root.length),
    );
    return [...sorted.filter(({ project }) => project.name !== 'live'), ...live];
  }
}
