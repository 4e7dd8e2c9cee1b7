import { z } from 'zod';
import { grantsOf, isSameList } from '../accessList.ts';
import { WIN32 } from '../systemErrors.ts';
import { fieldsOf, firstError, type OwnPrograms, type Verb, type VerbRequest } from './verb.ts';

/** ERROR_INVALID_SECURITY_DESCR: what stands there afterwards is not what was asked for. */
const NOT_THE_LIST = 1338;
const NOT_EMPTY = 145;

/** What the script `setLists` answers. */
const ListsAnswer = z.object({
  languageMode: z.string(),
  paths: z.array(
    z.object({ path: z.string(), error: z.number(), made: z.boolean(), sddl: z.string().nullish(), isEmpty: z.boolean().nullish() }),
  ),
});

/** A path that is to get a list. */
interface ListToSet {
  readonly path: string;
  /** As `sddlFor` makes them. */
  readonly sddl: string;
  /** A folder that is made where there is none. */
  readonly isMade?: boolean;
  /** Taken over only where nothing is in it but a file of the name given here, which goes where it is somebody else's. */
  readonly claims?: string;
}

/** What became of each. */
interface ListsSet {
  readonly languageMode: string;
  readonly paths: readonly { readonly path: string; readonly error: number }[];
}

/**
 * Sets access lists by icacls.exe, all in one script, and reads them back: a list counts as set when it is there. The owner becomes Administrators first. A folder
 * that was made has for a moment the list that it inherits: it must be empty when it has its own, or is refused, and one that is claimed holds its one file at most.
 */
export async function setLists(
  { powershell }: OwnPrograms,
  wanted: readonly ListToSet[],
  { bounds }: Pick<VerbRequest, 'bounds'>,
): Promise<ListsSet> {
  const paths = wanted.map(({ path, sddl, isMade = false, claims }) => ({
    path,
    grants: grantsOf(sddl),
    makes: isMade,
    ...(claims === undefined ? {} : { claims }),
  }));
  const answer = await powershell.ask('setLists', { paths }, ListsAnswer, bounds());
  return {
    languageMode: answer.languageMode,
    paths: wanted.map(({ path, sddl, claims }, index) => {
      const found = answer.paths[index];
      if (found === undefined || found.path !== path) return { path, error: NOT_THE_LIST };
      if (found.error !== 0) return { path, error: found.error };
      if (!isSameList(sddl, found.sddl ?? '')) return { path, error: NOT_THE_LIST };
      const holdsOther = claims === undefined ? found.made && found.isEmpty === false : found.isEmpty !== true;
      return { path, error: holdsOther ? WIN32.invalidOwner : 0 };
    }),
  };
}

function wantedBy({ args, input }: VerbRequest): readonly ListToSet[] {
  const [first = '', second = ''] = args;
  return first === '-' ? fieldsOf(input).map(([path = '', sddl = '']) => ({ path, sddl })) : [{ path: first, sddl: second }];
}

/** `acl PATH SDDL` and `acl -`. */
export const aclVerb: Verb = async (programs, request) => {
  const { paths } = await setLists(programs, wantedBy(request), request);
  return { code: firstError(paths), answer: { paths } };
};

/** `folders -`. */
export const foldersVerb: Verb = async (programs, request) => {
  const wanted = wantedBy(request).map((one) => ({ ...one, isMade: true }));
  const { paths } = await setLists(programs, wanted, request);
  return { code: firstError(paths), answer: { paths } };
};

/** For administrators only. */
const CLOSED_FOLDER = 'O:BAG:BAD:P(A;OICI;0x1f01ff;;;SY)(A;OICI;0x1f01ff;;;BA)';

/** A folder for administrators only, made or taken over, with a file of that name at most in it. */
export function claimFolder(programs: OwnPrograms, path: string, file: string, request: Pick<VerbRequest, 'bounds'>): Promise<ListsSet> {
  return setLists(programs, [{ path, sddl: CLOSED_FOLDER, isMade: true, claims: file }], request);
}

/** `stage PATH`: what an earlier row left in it goes. */
export const stageVerb: Verb = async (programs, request) => {
  const [path = ''] = request.args;
  const { powershell, files } = programs;
  const stat = await files.stat(path, request.bounds());
  if (stat !== null)
    await powershell.ask('removeTree', { path }, z.object({ removed: z.number() }).or(z.object({ error: z.number() })), request.bounds());
  const { paths } = await setLists(programs, [{ path, sddl: CLOSED_FOLDER, isMade: true }], request);
  const error = firstError(paths);
  if (error !== 0) return { code: error, answer: { error, at: 'icacls.exe', detail: path } };
  if ((await files.list(path, request.bounds())).length > 0)
    return { code: NOT_EMPTY, answer: { error: NOT_EMPTY, at: 'stage', detail: path } };
  return { code: 0, answer: { path } };
};
