import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { sampleMatrix } from '../../report/testing/sampleParts.ts';
import { LONG, samplePlan } from '../../report/testing/sampleRecord.ts';
import { PortMatrix } from './PortMatrix.tsx';

const plan = samplePlan();
const draw = (matrix: Parameters<typeof PortMatrix>[0]['matrix']): string =>
  renderToStaticMarkup(<PortMatrix id="m" matrix={matrix} title="Ways" />);
const count = (text: string, part: string): number => text.split(part).length - 1;

describe('PortMatrix', () => {
  it('draws four ports in each of six cells, and this computer in a row of its own', () => {
    const html = draw(sampleMatrix(plan));
    expect(count(html, 'class="visx-group triad-reach-open"')).toBe(24 + 6);
    // Nobody tries the bus ports from this computer.
    expect(count(html, 'triad-reach-none')).toBe(6);
    expect(html).toContain('>this computer<');
  });

  it('gives every outcome a mark of its own and a legend for those that occur', () => {
    const reaches = ['refused', 'filtered', 'unreachable', 'intercepted', 'unknown'] as const;
    const html = draw(
      sampleMatrix(plan, (from, to, port) =>
        from === 'server-1' && to === 'server-2' ? (reaches[[7000, 7001, 17_000, 17_001].indexOf(port)] ?? 'open') : 'open',
      ),
    );
    const shapes = new Set(html.match(/(?<=<path d=")[^"]+/gu));
    expect(shapes.size).toBe(5);
    for (const reach of ['open', 'refused', 'filtered', 'unreachable', 'intercepted']) expect(html).toContain(`>${reach}<title>`);
    expect(html).not.toContain('>unknown<title>');
  });

  it('tells each way by its title and the whole by its description', () => {
    const html = draw(
      sampleMatrix(plan, (from, to, port) => (from === 'server-2' && to === 'server-3' && port === 17_000 ? 'filtered' : 'open')),
    );
    expect(html).toContain('<title>server-2 → server-3:17000: filtered (2.0 s)</title>');
    expect(html).toContain(
      '23 of 24 ways between the servers are open. server-2 does not reach server-3 on 17000, while server-3 reaches server-2.',
    );
  });

  it('draws a closed port of this computer in grey: it is no fault', () => {
    const html = draw(sampleMatrix(plan, (from) => (from === 'admin' ? 'filtered' : 'open')));
    const body = html.slice(0, html.indexOf('triad-legend'));
    expect(body).not.toContain('--triad-fail)');
    expect(body).toContain('--triad-unknown)');
  });

  it('draws an open bus port in amber where only the peers should reach it', () => {
    const matrix = sampleMatrix(plan);
    const cell = { from: 'admin', to: 'server-1', port: 17_000, reach: 'open', durationMs: 1, evidence: '' } as const;
    expect(draw(matrix)).not.toContain('--triad-warn)');
    expect(draw({ ...matrix, cells: [...matrix.cells, cell] })).toContain('--triad-warn)');
  });

  it('draws in amber what the plan is going to open', () => {
    const matrix = sampleMatrix(plan, (from, to) => (from === 'server-1' && to === 'server-2' ? 'filtered' : 'open'));
    const html = renderToStaticMarkup(<PortMatrix id="m" matrix={matrix} title="Ways" toBeOpened={({ to }) => to === 'server-2'} />);
    const body = html.slice(0, html.indexOf('triad-legend'));
    expect(body).toContain('--triad-warn)');
    expect(body).not.toContain('--triad-fail)');
  });

  it('explains grey and amber marks where there are some, and only there', () => {
    const legend = (html: string): string => html.slice(html.indexOf('triad-legend'));
    expect(legend(draw(sampleMatrix(plan)))).not.toMatch(/grey:|amber:/u);
    // The bus ports are not tried from this computer here.
    expect(legend(draw(sampleMatrix(plan)))).toContain('>dot: not tried<');
    const closed = sampleMatrix(plan, (from) => (from === 'admin' ? 'filtered' : 'open'));
    expect(legend(draw(closed))).toContain('>grey: closed to this computer, which is no fault (Triad');
    const bus = { from: 'admin', to: 'server-1', port: 17_000, reach: 'open', durationMs: 1, evidence: '' } as const;
    expect(legend(draw({ ...closed, cells: [...closed.cells, bus] }))).toContain('>amber: open to this computer');
    const planned = renderToStaticMarkup(
      <PortMatrix id="m" matrix={sampleMatrix(plan, () => 'filtered')} title="Ways" toBeOpened={({ from }) => from !== 'admin'} />,
    );
    expect(legend(planned)).toContain('>amber: closed now by the firewall of the server, and opened by the plan; not proved yet<');
  });

  it('calls the machine that runs Triad this computer', () => {
    const html = draw(sampleMatrix(plan, (from) => (from === 'admin' ? 'filtered' : 'open')));
    expect(html).toContain('<title>this computer → server-1:7000: filtered');
    expect(html).not.toContain('>admin ');
  });

  it('is a picture where nothing can be chosen, else a grid of the ways that were tried', () => {
    const matrix = sampleMatrix(plan);
    expect(draw(matrix)).toMatch(/role="img"(?!.*(?:gridcell|tabindex))/u);
    const way = { from: 'server-2', to: 'server-3', port: 17_000 };
    const grid = renderToStaticMarkup(
      <PortMatrix id="m" matrix={matrix} title="Ways" choice={{ selected: way, tabStop: way, onSelect: () => undefined }} />,
    );
    expect(count(grid, 'role="row"')).toBe(4);
    expect(count(grid, 'role="gridcell"')).toBe(24 + 6);
    expect(count(grid, 'tabindex="0"')).toBe(1);
    expect(grid).toContain('aria-selected="true" aria-label="server-2 → server-3:17000: open (1 ms)"');
  });

  it('keeps long names to two lines', () => {
    expect(draw(sampleMatrix(samplePlan(LONG)))).toContain('…');
  });
});
