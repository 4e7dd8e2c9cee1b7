import { formatSlots } from '../domain/reportFormat.ts';
import type { ClusterLayout, LayoutNode } from '../domain/reportLayout.ts';
import { text } from './text.ts';

/** A layout in words, node by node, for those who cannot see the figure. */
export function describeLayout(layout: ClusterLayout): string {
  return `${layout.nodes.map((node) => describeNode(node)).join('; ')}.`;
}

function describeNode(node: LayoutNode): string {
  if (node.state === 'lost') return text('report.layout.describe.lost', { node: node.id });
  if (node.role === 'replica') return text('report.layout.describe.replica', { node: node.id, master: node.replicaOf ?? '?' });
  if (node.role === 'master')
    return node.slots.length === 0
      ? text('report.layout.describe.masterEmpty', { node: node.id })
      : text('report.layout.describe.master', { node: node.id, slots: formatSlots(node.slots) });
  return text('report.layout.describe.noRole', { node: node.id });
}

/** The word for a role. */
export function roleWords(role: LayoutNode['role']): string {
  if (role === null) return text('report.layout.noRole');
  return text(role === 'master' ? 'report.layout.master' : 'report.layout.replica');
}

/** The word for a state that is worth saying; empty for what is as it should be. */
export function stateWords(state: LayoutNode['state'] | ClusterLayout['servers'][number]['state']): string {
  switch (state) {
    case 'lost':
      return text('report.layout.lost');
    case 'partly':
      return text('report.layout.partly');
    case 'suspected':
      return text('report.layout.suspected');
    case 'unknown':
      return text('report.layout.unobserved');
    case 'up':
    case 'planned':
      return '';
  }
}

/** Which single server could have been lost then, as a sentence. */
export function survivalWords(layout: ClusterLayout): string {
  const without = (survives: boolean | null): string =>
    layout.survives
      .filter((one) => one.survives === survives)
      .map((one) => one.server)
      .join(', ');
  if (without(false) !== '') return text('report.layout.survivesNot', { servers: without(false) });
  if (without(null) !== '') return text('report.layout.survivesUnknown', { servers: without(null) });
  return text(layout.moment === 'planned' ? 'report.layout.wouldSurviveAll' : 'report.layout.survivesAll');
}
