import type { AdoptionWish, FoundCluster } from '../../shared/contract/adoption.ts';
import { planAdopted } from '../../shared/domain/adoptedPlan.ts';
import { readClusterAddress } from '../../shared/domain/clusterAddress.ts';
import type { Draft } from '../../shared/domain/draft.ts';
import { fail } from '../../shared/domain/failure.ts';
import { adminSubject } from '../../shared/domain/subject.ts';
import { message, say } from '../../shared/messages/message.ts';
import { newId } from '../../storage/drafts.ts';
import { parseSpec } from '../../storage/specFile.ts';
import { writePrivateFile } from '../../storage/versionedFile.ts';
import { adoptedSpecText } from '../adoptedSpecText.ts';
import { adoptionOf } from '../adoption.ts';
import { findCluster } from '../findCluster.ts';
import { draftOfText, SPEC_FILTERS, type DefaultVersion } from './draftHandlers.ts';
import { strangersOfName, type WindowContext } from './windowContext.ts';

/** Looks for a cluster that somebody else has installed, and keeps what was found. */
export interface Adoption {
  /** Throws what keeps a node from being asked (`redis.*`), `usage.invalid` for an address that is none, `run.nameTaken`. */
  readonly find: (wish: AdoptionWish) => Promise<FoundCluster>;
  /** Writes and keeps what was shown, not what another look would find; null when the dialog was cancelled. Throws `storage.*`. */
  readonly keep: (id: string) => Promise<Draft | null>;
}

/** All nodes together: each one has shorter limits of its own. */
const FIND_DEADLINE_MS = 30_000;

/** Makes it. `look` is replaced in tests. */
export function createAdoption(context: WindowContext, defaultVersion: DefaultVersion, look: typeof findCluster = findCluster): Adoption {
  let latest: { readonly id: string; readonly name: string; readonly text: string; readonly password: string } | null = null;
  return {
    find: async ({ address, name, password }) => {
      const start = readClusterAddress(address.trim());
      if (start === null) throw fail('usage.invalid', adminSubject, { values: { reason: say(message('cli.adopt.address', { address })) } });
      if (password !== '') context.platform.hideSecret(password);
      const nodes = await look({ ...start, password: password === '' ? null : password, signal: AbortSignal.timeout(FIND_DEADLINE_MS) });
      const adoption = adoptionOf(nodes, { name, passwordEnv: password === '' ? undefined : 'REDIS_PASSWORD', sshUser: 'root' });
      if (!adoption.ok) return { kind: 'deviates', deviations: [...adoption.deviations] };
      const text = adoptedSpecText(adoption.input);
      const reading = parseSpec(text, '/');
      if (!reading.ok) return { kind: 'deviates', deviations: reading.issues.map((issue) => issue.message) };
      const { spec } = reading;
      const strangers = await strangersOfName(
        context.home,
        name,
        spec.servers.map((server) => String(server.address)),
      );
      if (strangers !== null) throw fail('run.nameTaken', adminSubject, { values: { cluster: name, servers: strangers.join(', ') } });
      latest = { id: newId(), name, text, password };
      return { kind: 'found', id: latest.id, plan: planAdopted(spec, spec.adopted ?? { nodes: [] }), text };
    },
    keep: async (id) => {
      const found = latest;
      if (found?.id !== id) throw new Error('another cluster was looked for since');
      const file = await context.platform.saveFile({
        title: say(message('window.core.exportSpec')),
        defaultName: `${found.name}.yaml`,
        filters: [{ name: say(message('window.core.specs')), extensions: SPEC_FILTERS }],
      });
      if (file === null) return null;
      await writePrivateFile(file, found.text);
      const draft: Draft = { ...(await draftOfText(context, found.text, file, defaultVersion)), reached: 'report' };
      await context.drafts.save(draft);
      if (found.password !== '') await context.vault.put(draft.id, 'REDIS_PASSWORD', found.password);
      latest = null;
      return draft;
    },
  };
}
