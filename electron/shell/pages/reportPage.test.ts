import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { buildReport } from '../../report/buildReport.ts';
import { renderHtml } from '../../report/renderHtml.tsx';
import { everySample, sampleInstall } from '../../report/testing/sampleRecord.ts';
import type { Answer } from './answer.ts';
import { answerReportRequest } from './reportPage.ts';

const ask = (path: string, render: (runId: string) => Promise<string>): Promise<Answer> =>
  answerReportRequest(new URL(`triad://report${path}`), render);

it('is the report itself, with a policy that knows its style sheet and allows nothing else', async () => {
  const html = renderHtml(buildReport(sampleInstall()));
  const answer = await ask('/run-1', (runId) => Promise.resolve(runId === 'run-1' ? html : ''));
  expect(answer.body.toString('utf8')).toBe(html);
  const style = html.slice(html.indexOf('<style>') + '<style>'.length, html.indexOf('</style>'));
  const hash = createHash('sha256').update(style).digest('base64');
  expect(answer.headers['content-security-policy']).toBe(
    `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors triad://app; sandbox`,
  );
});

it.each(everySample())('has one style sheet and no style attribute, which that policy would refuse: $name', ({ record }) => {
  const html = renderHtml(buildReport(record));
  expect(html.split('<style').length - 1).toBe(1);
  expect(/<[^>]*\sstyle=[^>]*>/u.exec(html)?.[0]).toBeUndefined();
});

it.each(['/', '/a/b', '/%2e%2e', '/run_1', `/${'x'.repeat(81)}`])('%s names no run', async (path) => {
  const answer = await ask(path, () => Promise.resolve('<html></html>'));
  expect(answer.status).toBe(404);
});

it('is not found when the run is not known, and says nothing of the reason', async () => {
  const answer = await ask('/run-1', () => Promise.reject(new Error('ENOENT at some/place')));
  expect(answer.status).toBe(404);
  expect(answer.body.toString('utf8').trim()).toBe('');
});
