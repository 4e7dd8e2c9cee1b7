import { observeByPowershell, type LookByPowershell } from '../observeByPowershell.ts';
import { WIN32 } from '../systemErrors.ts';
import { fieldsOf, firstError, type Verb } from './verb.ts';

const NOTHING: LookByPowershell = {
  paths: [],
  contentOf: [],
  serviceFolders: [],
  logs: [],
  units: [],
  disks: [],
  ports: [],
  rulePrefixes: [],
};

/** What a request of the helper's `observe` asks for. */
function lookFor(input: string): LookByPowershell {
  const fields = fieldsOf(input);
  const all = (key: string): readonly string[] => fields.flatMap(([word, value]) => (word === key && value !== undefined ? [value] : []));
  const contentOf = all('content');
  return {
    paths: [...all('path'), ...contentOf],
    contentOf,
    serviceFolders: [],
    logs: all('log'),
    units: all('service'),
    ports: all('port').map(Number),
    disks: all('disk'),
    rulePrefixes: [],
  };
}

/** `observe` by the script of the same name; paths come back in the order of the request. */
export const observeVerb: Verb = async ({ powershell }, { input, bounds }) => {
  const { seen, timeMs } = await observeByPowershell(powershell, lookFor(input), bounds());
  const order = fieldsOf(input).map(([, value = '']) => value);
  const paths = seen.paths.toSorted((a, b) => order.indexOf(a.path) - order.indexOf(b.path));
  return { code: 0, answer: { ...seen, paths, timeMs } };
};

/** `firewall PREFIX...`: the rules out of the registry. */
export const firewallVerb: Verb = async ({ powershell }, { args, bounds }) => {
  const { firewall } = await observeByPowershell(powershell, { ...NOTHING, rulePrefixes: args }, bounds());
  return { code: 0, answer: firewall };
};

/** `hash FILE...`. */
export const hashVerb: Verb = async ({ powershell }, { args, bounds }) => {
  const { seen } = await observeByPowershell(powershell, { ...NOTHING, paths: args }, bounds());
  const files = args.map((path) => {
    const found = seen.paths.find((one) => one.path === path);
    if (found?.kind === 'missing' || found === undefined) return { path, error: WIN32.fileMissing };
    return typeof found.sha256 === 'string'
      ? { path, sha256: found.sha256, sizeBytes: found.sizeBytes ?? 0 }
      : { path, error: found.error ?? WIN32.accessDenied };
  });
  return { code: firstError(files), answer: { files } };
};
