import { describe, expect, it } from 'vitest';
import type { RunRecord } from '../shared/domain/run.ts';
import { buildReport } from './buildReport.ts';
import { renderHtml } from './renderHtml.tsx';
import { renderMarkdown } from './renderMarkdown.ts';
import { said } from './testing/sampleParts.ts';
import {
  everySample,
  sampleAborted,
  sampleBroken,
  sampleFailedCheck,
  sampleFailoverTest,
  sampleInstall,
  sampleMinimal,
} from './testing/sampleRecord.ts';

const render = (record: RunRecord): string => renderHtml(buildReport(record));
const bodyOf = (html: string): string => html.slice(html.indexOf('<body>'));
const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#x27;');
const headings = (html: string): readonly string[] => [...html.matchAll(/<h2[^>]*>([^<]+)</gu)].map((found) => found[1] ?? '');

describe.each(everySample())('the page of $name', ({ record }) => {
  const html = render(record);

  it('is one file that loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/https?:\/\/|\/\/[a-z]|<script|<link|<img|<iframe|@import|url\((?!#)|\son[a-z]+=/iu);
    expect(html).toMatch(/default-src &#x27;none&#x27;; style-src &#x27;sha256-[A-Za-z0-9+/=]{44}&#x27;; base-uri/u);
    expect(/<[^>]*\sstyle=[^>]*>/u.exec(html)?.[0]).toBeUndefined();
  });

  it('stays small enough to mail', () => {
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
  });

  it('is the same for the same record', () => {
    expect(render(structuredClone(record))).toBe(html);
  });

  it('leaves no text without its values, nor a code without its text', () => {
    expect(bodyOf(html)).not.toMatch(/\{\{|\bundefined\b|\bNaN\b|\[object|report\.(?:page|story|trial|layout)\./u);
  });

  it('gives every id once and leads every link and reference to one', () => {
    const ids = [...html.matchAll(/\sid="([^"]+)"/gu)].map((found) => found[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const references = [...html.matchAll(/(?:href="#|url\(#)([^")]+)/gu)].map((found) => found[1]);
    expect(references.filter((id) => !ids.includes(id))).toEqual([]);
    const labels = [...html.matchAll(/aria-labelledby="([^"]+)"/gu)].flatMap((found) => found[1]?.split(' ') ?? []);
    expect(labels.filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('says the verdict first, as symbol, word and sentence', () => {
    const report = buildReport(record);
    const top = bodyOf(html).slice(0, bodyOf(html).indexOf('<nav'));
    expect(top).toContain(`<h1>${escape(report.story)}</h1>`);
    expect(top).toContain(`href="#v-${report.verdict}"`);
  });

  it('shows every check with what was expected and observed', () => {
    for (const check of buildReport(record).checks) {
      for (const part of [check.title, check.id, check.subject, check.expected, check.observed]) expect(html).toContain(escape(part));
      expect(html).toContain(escape(check.evidence));
    }
  });

  it('stands as tables, too: every figure has one behind it', () => {
    const figures = html.split('<svg class="triad-figure"').length - 1;
    const described = html.split('<desc id=').length - 1;
    expect(described).toBe(figures);
    expect(html.split('class="data behind"').length - 1).toBeGreaterThanOrEqual(figures === 0 ? 0 : 1);
  });
});

describe('the order of the page', () => {
  it('tells a failover test from the trials down to the record', () => {
    expect(headings(render(sampleFailoverTest()))).toEqual([
      'Failover test',
      'Reachability',
      'Checks',
      'Changes on the servers',
      'Plan and settings',
      'Versions and hashes',
      'Record of the run',
    ]);
  });

  it('tells an installation from its layout down', () => {
    expect(headings(render(sampleInstall()))).toEqual([
      'Layout',
      'Reachability',
      'Checks',
      'Changes on the servers',
      'Plan and settings',
      'Versions and hashes',
      'Record of the run',
    ]);
  });

  it('does not show a layout that was never seen before what was', () => {
    expect(headings(render(sampleFailedCheck()))[0]).toBe('Reachability');
    expect(headings(render(sampleMinimal('plan')))[0]).toBe('Layout');
  });
});

describe('a failover test', () => {
  const html = render(sampleFailoverTest());

  it('shows for each trial the layouts before, during and after, and the timeline', () => {
    for (const trial of ['trial-1', 'trial-2', 'trial-3'])
      for (const figure of ['layout-before', 'layout-during', 'layout-after', 'timeline'])
        expect(html).toContain(`id="${trial}-${figure}-title"`);
  });

  it('names its figures in sensible units', () => {
    expect(html).toContain('8.2 s');
    expect(html).toContain('5.5–10.5 s');
    expect(html).toMatch(/of 4\d,\d{3} acknowledged in 3 trials/u);
  });

  it('says of everything that it did to the servers whether it was taken back', () => {
    expect(html).toContain('All 6 actions of the trials on the servers were taken back');
    const record = sampleFailoverTest();
    const trials = record.trials.map((trial, index) =>
      index === 1 ? { ...trial, actions: trial.actions.map((action, at) => (at === 0 ? { ...action, undoneAtMs: null } : action)) } : trial,
    );
    expect(render({ ...record, trials })).toContain('Not taken back, of 6 actions of the trials on the servers: 1');
  });

  it('says what was taken back only after its trial, and by what', () => {
    const record = sampleFailoverTest();
    const trials = record.trials.map((trial, index) => ({
      ...trial,
      actions: trial.actions.map((action) => (index === 1 ? { ...action, undoneAtMs: 31_000, undoneBy: 'undo' as const } : action)),
    }));
    const page = render({ ...record, trials });
    expect(page).not.toContain('Not taken back');
    expect(page).toContain(
      'All 6 actions of the trials on the servers were taken back; each stands with its trial. 2 of them only after their trial',
    );
    const later = '31.0 s, later, by the undo of the trial, after its own healing had failed';
    expect(page.split(later)).toHaveLength(3);
    const lines = renderMarkdown(buildReport({ ...record, trials })).split('\n');
    expect(lines.filter((line) => line.startsWith('| server-2 |') && line.includes(later))).toHaveLength(2);
  });

  it('lists the keys of lost writes', () => {
    expect(render(sampleFailoverTest(undefined, 3))).toContain('triad:probe:3:1841 (shard 3, acknowledged at −13 ms)');
  });
});

describe('a run that went wrong', () => {
  it('says at the top what happened, what to do and how it is known', () => {
    const html = render(sampleBroken());
    const top = html.slice(0, html.indexOf('<nav'));
    expect(top).toContain('What happened on server-3');
    expect(top).toContain('host.diskFull');
    expect(top).toContain('Free space on that file system');
    expect(top).toContain('No space left on device');
  });

  it('names what was planned and not done', () => {
    expect(render(sampleAborted())).toContain('Planned, but not done');
    expect(render(sampleInstall())).not.toContain('Planned, but not done');
  });

  it('puts failed checks before warnings and both before the rest', () => {
    const html = render(sampleFailedCheck());
    const urgent = html.slice(html.indexOf('class="urgent"'), html.indexOf('class="group"'));
    expect(urgent.indexOf('is-fail')).toBeLessThan(urgent.indexOf('is-warn'));
    expect(urgent).toContain('A firewall drops the packets');
    expect(urgent).not.toContain('is-pass');
  });

  it('points to the checks where only checks failed, instead of saying so twice', () => {
    expect(render(sampleFailedCheck())).not.toContain('class="failure"');
  });
});

describe('the record of a run', () => {
  it('has a row per phase with the time on each server, and says where it failed', () => {
    const html = render(sampleBroken());
    const phases = html.slice(html.indexOf('class="phases"'), html.indexOf('</table>', html.indexOf('class="phases"')));
    expect(phases.split('<tr>').length - 1).toBe(1 + 3);
    expect(phases).toContain('server-1, server-2: changed');
    expect(phases).toContain('server-3: failed: The disk of server-3 is full');
  });
});

describe('what was changed', () => {
  const html = render(sampleInstall());

  it('stands there with its undo, a diff by its lines, and what the system refused', () => {
    expect(html).toContain('systemctl disable --now triad-sessions-7000.service');
    expect(html).toContain('mv /etc/sysctl.d/90-triad-sessions.conf.triad-before /etc/sysctl.d/90-triad-sessions.conf');
    expect(html).toContain('<span class="removed">-vm.overcommit_memory = 0');
    expect(html).toContain('<span class="added">+vm.overcommit_memory = 1');
    expect(html).toContain('1 refused by the system');
    expect(html).toContain('Read-only file system');
  });

  it('stands there with what the system said of it, also where it is done', () => {
    const record = sampleInstall();
    const appliedChanges = record.appliedChanges.map((one, index) =>
      index === 0 ? { ...one, outcome: { ...one.outcome, evidence: 'did not take failureFlag' } } : one,
    );
    expect(html).not.toContain('did not take failureFlag');
    expect(render({ ...record, appliedChanges })).toContain('did not take failureFlag');
  });
});

describe('text that came from a server', () => {
  const hostile = `<script>alert(1)</script><img src=x onerror="x">&'"`;

  it('is shown and never run, wherever it appears', () => {
    const record = sampleFailedCheck();
    const html = render({
      ...record,
      operator: hostile,
      checks: record.checks.map((check) => ({
        ...check,
        evidence: hostile,
        observed: said(hostile),
        subject: { kind: 'server', server: hostile },
      })),
      facts: record.facts.map((facts) => ({ ...facts, hostName: hostile, os: { ...facts.os, prettyName: hostile } })),
      notes: [{ level: 'warn', server: hostile, message: said(hostile), atMs: 1 }],
      failure: {
        code: 'internal',
        subject: { kind: 'server', server: hostile },
        values: { reason: hostile },
        evidence: hostile,
        retryable: false,
      },
    });
    expect(html).not.toMatch(/<script|<img|<[^>]*onerror=/iu);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('cannot leave a figure, not even as a server’s name', () => {
    const record = JSON.parse(JSON.stringify(sampleFailoverTest()).replaceAll('server-2', '</svg><script>alert(1)</script>')) as RunRecord;
    const html = render(record);
    expect(html).not.toMatch(/<script/iu);
    expect(html.split('<svg').length).toBe(html.split('</svg>').length);
  });

  it('is cut in the page when it is long, and says where the rest is', () => {
    const record = sampleBroken();
    const html = render({
      ...record,
      failure: record.failure === null ? null : { ...record.failure, evidence: 'log line\n'.repeat(200_000) },
    });
    expect(Buffer.byteLength(html)).toBeLessThan(1_000_000);
    expect(html).toContain('1,794,000 more characters stand in report.json');
  });
});
