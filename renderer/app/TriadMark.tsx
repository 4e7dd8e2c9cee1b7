import type { ReactNode } from 'react';
import { ink } from '../../electron/shared/figures/palette.ts';

/** Three servers in a ring, each with a master and the replica of the one before: the icon without its tile. */
export function TriadMark(): ReactNode {
  const servers = [
    [188, 68],
    [309.2, 278],
    [66.8, 278],
  ] as const;
  return (
    <svg viewBox="48 48 416 396" width="1.5rem" height="1.5rem" aria-hidden focusable="false">
      <g fill="none" stroke={ink('edge')} strokeWidth={24} strokeLinecap="round">
        <path d="M346 168.8A140 140 0 0 1 394.6 256.5" />
        <path d="M289.9 411.8A140 140 0 0 1 224.5 412.4" />
        <path d="M118.1 251.7A140 140 0 0 1 169.8 165.7" />
      </g>
      {servers.map(([x, y]) => (
        <g key={x} transform={`translate(${x} ${y})`}>
          <rect width="136" height="136" rx="30" fill={ink('master')} />
          <rect x="24" y="72" width="88" height="40" rx="12" fill={ink('page')} />
        </g>
      ))}
    </svg>
  );
}
