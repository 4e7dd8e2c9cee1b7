import { isMessageCode, say } from './message.ts';

/**
 * The name of a phase, check or measurement: the catalogue's where it has one (`check.server.memory.title`, `phase.connect`), else the
 * identifier in words (`server.clockSkew` becomes "Clock skew"), so that a new one is never nameless.
 */
export function titleOf(kind: 'check' | 'phase' | 'measurement', id: string): string {
  for (const code of [`${kind}.${id}.title`, `${kind}.${id}`, `report.${kind}.${id}`])
    if (isMessageCode(code)) return say({ code, values: {} });
  const words = (id.split('.').at(-1) ?? id).replaceAll(/([a-z\d])([A-Z])/gu, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
