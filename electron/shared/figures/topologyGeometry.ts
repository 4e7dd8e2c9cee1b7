import type { ClusterLayout, LayoutNode } from '../domain/reportLayout.ts';
import { fitText, textWidth } from './fitText.ts';

/** A rectangle in the figure's units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything of a topology stands. */
export interface TopologyGeometry {
  readonly width: number;
  readonly height: number;
  readonly servers: readonly {
    readonly server: ClusterLayout['servers'][number];
    readonly box: Box;
    readonly nameLines: readonly string[];
    readonly addressLines: readonly string[];
  }[];
  readonly nodes: readonly { readonly node: LayoutNode; readonly box: Box }[];
  readonly arrows: readonly { readonly from: LayoutNode; readonly to: LayoutNode; readonly path: string; readonly isAlive: boolean }[];
}

/** Sizes of the text in the boxes. */
export const TOPOLOGY_TEXT = { name: 12.5, address: 11, port: 12.5, detail: 11, lineHeight: 15 } as const;

/** How much wider semibold letters run. */
const BOLD = 1.07;
const GAP = 10;
const PADDING = 7;
const NODE_HEIGHT = 46;
/** Between the upper and the lower node, where the arrows run. */
const ROW_GAP = 62;
const STATE_HEIGHT = 16;

/** Where a node's word for its role or state stands: beside the port, or below it; squeezed to a width where it fits neither way. */
export interface PlacedWord {
  readonly isBeside: boolean;
  readonly squeezedTo: number | null;
}

/** Finds the place for a word in a node's box. Names of roles are short, those of states are not, and differ by language. */
export function placeWord(word: string, port: string, hasSlots: boolean, boxWidth: number): PlacedWord {
  const width = textWidth(word, TOPOLOGY_TEXT.detail);
  const beside = boxWidth - 16 - textWidth(port, TOPOLOGY_TEXT.port * BOLD) - 3;
  if (width <= beside) return { isBeside: true, squeezedTo: null };
  if (hasSlots) return { isBeside: true, squeezedTo: beside };
  return { isBeside: false, squeezedTo: width <= boxWidth - 12 ? null : boxWidth - 12 };
}

/** Lays out three servers as columns, the node with the lower port above; arrows run from masters to their replicas between the rows. */
export function topologyGeometry(layout: ClusterLayout, width: number): TopologyGeometry {
  const count = Math.max(layout.servers.length, 1);
  const columnWidth = (width - GAP * (count - 1)) / count;
  const nodeWidth = columnWidth - PADDING * 2;
  const fitted = layout.servers.map((server) => ({
    server,
    nameLines: fitText(server.name, nodeWidth, TOPOLOGY_TEXT.name * BOLD, 4),
    addressLines: fitText(server.address, nodeWidth, TOPOLOGY_TEXT.address, 3),
  }));
  const headLines = Math.max(...fitted.map((one) => one.nameLines.length + one.addressLines.length), 2);
  const rows = [...new Set(layout.nodes.map((node) => node.port))].toSorted((one, other) => one - other);
  const firstRow = 10 + headLines * TOPOLOGY_TEXT.lineHeight + STATE_HEIGHT + 4;
  const height = firstRow + rows.length * NODE_HEIGHT + (rows.length - 1) * ROW_GAP + 14;
  const columnX = (index: number): number => index * (columnWidth + GAP);

  const nodes = layout.nodes.map((node) => {
    const column = layout.servers.findIndex((server) => server.name === node.server);
    const row = rows.indexOf(node.port);
    return {
      node,
      box: { x: columnX(column) + PADDING, y: firstRow + row * (NODE_HEIGHT + ROW_GAP), width: nodeWidth, height: NODE_HEIGHT },
    };
  });

  const arrows = nodes.flatMap((replica) => {
    const master = nodes.find((one) => one.node.id === replica.node.replicaOf);
    if (master === undefined) return [];
    const isAlive =
      replica.node.isLinkUp !== false && [master.node, replica.node].every((node) => node.state === 'up' || node.state === 'planned');
    return [{ from: master.node, to: replica.node, path: arrowPath(master.box, replica.box), isAlive }];
  });

  return {
    width,
    height,
    servers: fitted.map((one, index) => ({ ...one, box: { x: columnX(index), y: 1, width: columnWidth, height: height - 2 } })),
    nodes,
    arrows,
  };
}

/** The tip stops short of the node, so that the arrow head ends at its edge. */
const HEAD = 7;

function arrowPath(master: Box, replica: Box): string {
  const fromX = master.x + master.width / 2;
  const toX = replica.x + replica.width / 2;
  if (master.y === replica.y) {
    // Both in one row: an arc below them, through the space between the rows or below the last one.
    const y = master.y + master.height;
    const [start, end] = fromX < toX ? [fromX + 8, toX - 8] : [fromX - 8, toX + 8];
    return `M${round(start)},${round(y)} C${round(start)},${round(y + 34)} ${round(end)},${round(y + 34)} ${round(end)},${round(y + HEAD)}`;
  }
  const isDown = master.y < replica.y;
  const fromY = isDown ? master.y + master.height : master.y;
  const toY = isDown ? replica.y - HEAD : replica.y + replica.height + HEAD;
  const bend = (toY - fromY) * 0.62;
  return `M${round(fromX)},${round(fromY)} C${round(fromX)},${round(fromY + bend)} ${round(toX)},${round(toY - bend)} ${round(toX)},${round(toY)}`;
}

function round(value: number): string {
  return (Math.round(value * 10) / 10).toString();
}
