import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { LONG, samplePlan } from '../../report/testing/sampleRecord.ts';
import { sampleView } from '../../report/testing/sampleView.ts';
import { layoutOf, plannedLayout } from '../domain/reportLayout.ts';
import { describeLayout, survivalWords } from './layoutWords.ts';
import { textWidth } from './fitText.ts';
import { Topology } from './Topology.tsx';
import { TOPOLOGY_TEXT, topologyGeometry } from './topologyGeometry.ts';

const plan = samplePlan();
const healthy = layoutOf(plan, sampleView(plan), 'before');
const lost = layoutOf(plan, sampleView(plan, { lost: 'server-3' }), 'during');
const count = (text: string, part: string): number => text.split(part).length - 1;

describe('Topology', () => {
  it('draws three arrows, each from a master to its replica', () => {
    expect(count(renderToStaticMarkup(<Topology id="t" layout={healthy} title="Before" />), 'class="triad-arrow"')).toBe(3);
    expect(topologyGeometry(healthy, 336).arrows.map(({ from, to, isAlive }) => [from.id, to.id, isAlive])).toEqual([
      ['server-3:7000', 'server-1:7001', true],
      ['server-1:7000', 'server-2:7001', true],
      ['server-2:7000', 'server-3:7001', true],
    ]);
  });

  it('starts an arrow at its master and ends it at its replica, below or above', () => {
    const back = layoutOf(plan, sampleView(plan, { returned: 'server-3' }), 'after');
    const { arrows, nodes } = topologyGeometry(back, 336);
    for (const { from, to, path } of arrows) {
      const numbers = path.match(/-?[\d.]+/gu)?.map(Number) ?? [];
      const boxOf = (id: string) => nodes.find((one) => one.node.id === id)?.box ?? { x: 0, y: 0, width: 0, height: 0 };
      const [master, replica] = [boxOf(from.id), boxOf(to.id)];
      expect(numbers[0]).toBeCloseTo(master.x + master.width / 2, 0);
      expect(numbers.at(-2)).toBeCloseTo(replica.x + replica.width / 2, 0);
      const end = numbers.at(-1) ?? 0;
      expect(end < replica.y || end > replica.y + replica.height).toBe(true);
    }
    expect(arrows.find(({ to }) => to.id === 'server-3:7000')?.from.id).toBe('server-1:7001');
  });

  it('hatches a lost server and its nodes, dashes the dead arrow and marks the node that took over', () => {
    const html = renderToStaticMarkup(<Topology id="t" layout={lost} title="During" />);
    expect(count(html, 'triad-server triad-lost')).toBe(1);
    expect(count(html, 'triad-node triad-lost')).toBe(2);
    expect(count(html, 'fill="url(#t-hatch)"')).toBe(3);
    expect(html).toContain('✕ lost');
    expect(count(html, 'triad-took-over')).toBe(1);
    expect(topologyGeometry(lost, 336).arrows.filter((arrow) => !arrow.isAlive)).toHaveLength(1);
    expect(renderToStaticMarkup(<Topology id="t" layout={healthy} title="Before" />)).not.toContain('fill="url(#t-hatch)"');
  });

  it('says for those who cannot see it what it shows', () => {
    const html = renderToStaticMarkup(<Topology id="t" layout={lost} title="While server-3 is lost" />);
    expect(html).toContain('role="img"');
    expect(html).toContain('aria-labelledby="t-title t-desc"');
    expect(html).toContain('<title id="t-title">While server-3 is lost</title>');
    expect(html).toContain(describeLayout(lost));
    expect(describeLayout(lost)).toBe(
      'server-1:7000 is master of 0–5460; server-1:7001 is master of 10923–16383; server-2:7000 is master of 5461–10922; ' +
        'server-2:7001 is replica of server-1:7000; server-3:7000 is lost; server-3:7001 is lost.',
    );
    expect(survivalWords(lost)).toBe('Could not lose server-1, server-2.');
  });

  it.each([336, 720])('keeps names of 60 characters and IPv6 addresses inside their server at %i wide', (width) => {
    const geometry = topologyGeometry(plannedLayout(samplePlan(LONG)), width);
    for (const { nameLines, addressLines, box } of geometry.servers) {
      for (const line of nameLines) expect(textWidth(line, TOPOLOGY_TEXT.name)).toBeLessThanOrEqual(box.width - 14);
      for (const line of addressLines) expect(textWidth(line, TOPOLOGY_TEXT.address)).toBeLessThanOrEqual(box.width - 14);
      const headBottom = 21 + (nameLines.length + addressLines.length) * TOPOLOGY_TEXT.lineHeight;
      for (const { box: node } of geometry.nodes) expect(node.y).toBeGreaterThan(headBottom);
      expect(addressLines.join('')).toMatch(/^2001:/u);
    }
  });

  it('gives every slot range room in its node', () => {
    const html = renderToStaticMarkup(<Topology id="t" layout={healthy} title="Before" />);
    expect(count(html, '>10923–16383<')).toBe(2);
  });
});
