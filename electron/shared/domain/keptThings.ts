import type { Change } from './change.ts';
import type { ServerFacts } from './server.ts';

/** Something of the plan that is on a server already, as it should be, and is left alone. */
export interface KeptThing {
  readonly kind: 'file' | 'folder' | 'service' | 'rule' | 'user';
  /** Its path, unit, rule or account. */
  readonly name: string;
}

/** What a change touches, in the words of {@link KeptThing}. */
function touchedBy(change: Change): readonly string[] {
  switch (change.kind) {
    case 'folder':
    case 'binary':
    case 'file':
    case 'removeFile':
    case 'removeFolder':
      return [change.path];
    case 'service':
    case 'disableService':
      return [change.unit];
    case 'user':
    case 'removeUser':
      return [change.user];
    case 'kernel':
    case 'firewall':
    // The folder itself stays as it is.
    case 'defender':
      return [];
  }
}

/** What of the things that were looked at is there and stays as it is. Folders of the system in which Triad only puts a file stand among them. */
export function keptThings(facts: ServerFacts, changes: readonly Change[], user: string): readonly KeptThing[] {
  const touched = new Set(changes.flatMap(touchedBy));
  const hasRules = changes.some(({ kind }) => kind === 'firewall');
  const things: readonly KeptThing[] = [
    ...(facts.serviceUser.exists ? [{ kind: 'user' as const, name: user }] : []),
    ...facts.paths
      .filter(({ kind }) => kind === 'file' || kind === 'folder')
      .map(({ kind, path }): KeptThing => ({ kind: kind === 'folder' ? 'folder' : 'file', name: path })),
    ...facts.units.filter(({ load }) => load === 'loaded').map(({ unit }): KeptThing => ({ kind: 'service', name: unit })),
    ...(hasRules ? [] : facts.firewall.ownRules.map((name): KeptThing => ({ kind: 'rule', name }))),
  ];
  return things.filter(({ name }) => !touched.has(name));
}
