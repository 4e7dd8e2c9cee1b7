import { z } from 'zod';
import { setLists } from './setAccess.ts';
import { fieldsOf, firstError, type Verb } from './verb.ts';

/** What the script `placeFiles` answers. */
const PlacedAnswer = z.object({
  files: z.array(z.object({ path: z.string(), error: z.number(), placed: z.boolean(), left: z.boolean() })),
});

/**
 * `place -`: all staged files get their lists and are compared with their hashes before the first is moved. What stands in the place is put aside by a rename, the new one
 * takes its name, and what was put aside goes; where the second rename fails, it comes back. Between the two the place is empty: the next run would write the file.
 */
export const placeVerb: Verb = async (programs, request) => {
  const wanted = fieldsOf(request.input).map(([staged = '', path = '', sha256 = '', sddl = '', how = '']) => ({
    staged,
    path,
    sha256,
    sddl,
    keeps: how === 'keep',
  }));
  const lists = await setLists(
    programs,
    wanted.map(({ staged, sddl }) => ({ path: staged, sddl })),
    request,
  );
  const files = wanted.map(({ path }, index) => ({ path, error: lists.paths[index]?.error ?? 0, placed: false, left: false }));
  const refused = firstError(files);
  if (refused !== 0) return { code: refused, answer: { files } };
  const asked = { files: wanted.map(({ staged, path, sha256, keeps }) => ({ staged, path, sha256, keeps })) };
  const answer = await programs.powershell.ask('placeFiles', asked, PlacedAnswer, request.bounds());
  return { code: firstError(answer.files), answer };
};
