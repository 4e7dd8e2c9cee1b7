import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

/** electron-builder's names of the fuses, with those of Electron. */
const names: Readonly<Record<string, FuseV1Options>> = {
  runAsNode: FuseV1Options.RunAsNode,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
};

/** The fuses of an executable as they really are, by electron-builder's names; what an older Electron does not have is left out. */
export async function readFuses(executable: string): Promise<Readonly<Record<string, boolean>>> {
  const wire = await getCurrentFuseWire(executable);
  const states: Partial<Record<FuseV1Options, FuseState>> = wire;
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, option]) => {
      const state = states[option];
      return state === undefined || state === FuseState.INHERIT || state === FuseState.REMOVED ? [] : [[name, state === FuseState.ENABLE]];
    }),
  );
}
