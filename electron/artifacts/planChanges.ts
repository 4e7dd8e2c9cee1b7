import type { Change } from '../shared/domain/change.ts';
import { isBelow, nameOf } from '../shared/domain/serverPath.ts';
import { adminSubject } from '../shared/domain/subject.ts';
import { fail } from '../shared/domain/failure.ts';
import type { ServerFacts } from '../shared/domain/server.ts';
import type { ChangePayload } from '../hosts/host.ts';
import { administratorAt } from './administrator.ts';
import { beforeFile, beforeInstall, recordedBefore } from './beforeRecord.ts';
import type { BlueprintBinary, BlueprintKernelSetting, ServerBlueprint } from './blueprint.ts';
import { compareFile, compareFolder, foundAt } from './compareFile.ts';
import { planFirewall } from './firewall/planFirewall.ts';
import { withdrawFaultRules } from './firewall/withdrawFaultRules.ts';
import { foundKernelValue, isReadOnly } from './kernelSettings.ts';
import { planService } from './planServices.ts';
import { planExclusions, withdrawExclusions } from './windows/planExclusions.ts';

function compareBinary({ path, mode, sha256, sizeBytes, trial }: BlueprintBinary, facts: ServerFacts): readonly Change[] {
  const found = foundAt(facts, path);
  if (found?.kind === 'file' && found.sha256 === sha256 && found.mode === mode && found.owner === administratorAt(path).owner) return [];
  return [{ kind: 'binary', id: `binary:${path}`, path, mode, sha256, sizeBytes, ...(trial === undefined ? {} : { trial }) }];
}

/**
 * The change of a kernel setting. None where its folder is mounted read-only, as in a container: there it cannot be done, and a run would
 * never come to "nothing to do". The kernel check reports the value in any case.
 */
function compareKernel({ setting, path, value }: BlueprintKernelSetting, facts: ServerFacts): readonly Change[] {
  const before = foundKernelValue(facts, setting);
  if (before === value) return [];
  // A kernel without huge pages has no such file; there is nothing to switch off.
  if (setting === 'transparent_hugepage' && before === null) return [];
  if (isReadOnly(facts, path)) return [];
  return [{ kind: 'kernel', id: `kernel:${setting}`, setting, path, before, after: value }];
}

function isPresent<T>(value: T | null): value is T {
  return value !== null;
}

/**
 * Everything that stands between what was found on a server and what its blueprint asks for, in the order in which it can be done: the record
 * of what was there before, then user, folders, programs, files, kernel, firewall, virus scanner, services. Empty when nothing is to be done.
 */
export function planChanges(blueprint: ServerBlueprint, facts: ServerFacts): readonly Change[] {
  const before = compareFile(beforeFile(blueprint.beforePath, beforeInstall(blueprint, facts)), facts);
  const firewall = planFirewall(blueprint, facts);
  const user: readonly Change[] =
    facts.serviceUser.exists || blueprint.user === '' ? [] : [{ kind: 'user', id: `user:${blueprint.user}`, user: blueprint.user }];
  const folders = blueprint.folders.map((folder) => compareFolder(folder, facts)).filter(isPresent);
  const holdsRecord = ({ path }: { readonly path: string }): boolean => isBelow(blueprint.beforePath, path);
  const files: readonly Change[] = [...firewall.files, ...blueprint.files.map((file) => compareFile(file, facts)).filter(isPresent)];
  const binaries = blueprint.binaries.flatMap((binary) => compareBinary(binary, facts));
  const changedPaths = new Set(
    [...binaries, ...files].flatMap((change) =>
      change.kind === 'binary' || (change.kind === 'file' && change.action !== 'permissions') ? [change.path] : [],
    ),
  );
  return [
    // Before the record forgets them: of a run that breaks off in between, the next one would not know that they are Triad's.
    ...withdrawExclusions(blueprint, facts, recordedBefore(blueprint, facts)),
    // First and in place before anything else is begun: without it a removal after a run that broke off would not know what is Triad's.
    ...folders.filter(holdsRecord),
    ...(before === null ? [] : [before]),
    ...user,
    ...folders.filter((folder) => !holdsRecord(folder)),
    ...binaries,
    ...files,
    ...blueprint.kernel.flatMap((setting) => compareKernel(setting, facts)),
    ...withdrawFaultRules(blueprint.cluster, facts),
    ...firewall.rules,
    ...planExclusions(blueprint, facts),
    ...blueprint.services.flatMap((service) => planService(service, facts, changedPaths)),
  ];
}

/**
 * The bytes that changes write, by change id: texts, and programs as gzip. Secrets come from the blueprint, because a change never holds one.
 * Throws `bundle.incomplete` when a program is to be sent whose bytes are not there.
 */
export function payloadFor(blueprint: ServerBlueprint, changes: readonly Change[]): ChangePayload {
  const payload = new Map<string, Uint8Array>();
  for (const change of changes) {
    if (change.kind === 'binary') {
      const binary = blueprint.binaries.find(({ path }) => path === change.path);
      if (binary === undefined || binary.gzip.length === 0)
        throw fail('bundle.incomplete', adminSubject, { values: { subject: nameOf(change.path) } });
      payload.set(change.id, binary.gzip);
    } else if (change.kind === 'file' && change.action !== 'permissions') {
      const file = blueprint.files.find(({ path }) => path === change.path);
      payload.set(change.id, new TextEncoder().encode(change.holdsSecret ? file?.content : change.content));
    }
  }
  return payload;
}
