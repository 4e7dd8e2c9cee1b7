import { readFileSync } from 'node:fs';
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
const oldReport: unknown = JSON.parse(readFileSync(new URL('testing/reportOfVersion0.1.0.json', import.meta.url), 'utf8'));
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

  it('still holds for a report of the first version', () => {
    // Written by Triad 0.1.0, cut down: what is added to the schema must not be required of what was written before.
    validate(oldReport);
    expect(validate.errors).toBeNull();
    expect(Report.parse(oldReport)).toEqual(oldReport);
  });

  it('does not hold for a report without its verdict, nor with a field that nobody described', () => {
    const { verdict: _verdict, ...without } = buildReport(sampleFailedCheck());
    expect(validate(without)).toBe(false);
    expect(validate({ ...buildReport(sampleFailedCheck()), more: 1 })).toBe(false);
  });

  it('holds with the line of integrity', () => {
    const integrity = { sha256: '0'.repeat(64), events: 4, sizeBytes: 1000 };
    validate(asRead(buildReport(sampleFailedCheck(), { timeZone: 'UTC', integrity })));
    expect(validate.errors).toBeNull();
  });

  it('reads back what was written', () => {
    const report = buildReport(sampleFailoverTest());
    expect(Report.parse(asRead(report))).toEqual(report);
  });
});
