import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Report } from '../shared/domain/report.ts';
import { buildReport } from './buildReport.ts';
import { everySample, sampleFailedCheck, sampleFailoverTest } from './testing/sampleRecord.ts';

const published = fileURLToPath(new URL('../../resources/schema/report.schema.json', import.meta.url));
const schema = z.toJSONSchema(Report, { target: 'draft-2020-12', io: 'output' });
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(schema);
const asRead = (report: Report): unknown => JSON.parse(JSON.stringify(report));

describe('the published schema of report.json', () => {
  it('is the one that follows from the types (after a wanted change: vitest --update)', async () => {
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 140 });
    await expect(text).toMatchFileSnapshot(published);
  });

  it.each(everySample())('holds for $name', ({ record }) => {
    const isValid = validate(asRead(buildReport(record)));
    expect(validate.errors).toBeNull();
    expect(isValid).toBe(true);
  });

  it('does not hold for a report without its verdict, nor with a field that nobody described', () => {
    const { verdict: _verdict, ...without } = buildReport(sampleFailedCheck());
    expect(validate(without)).toBe(false);
    expect(validate({ ...buildReport(sampleFailedCheck()), more: 1 })).toBe(false);
  });

  it('reads back what was written', () => {
    const report = buildReport(sampleFailoverTest());
    expect(Report.parse(asRead(report))).toEqual(report);
  });
});
