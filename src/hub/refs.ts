import { Failure } from '../base/failure.ts';
import { objectOf, textOf } from './http/json.ts';
import { getJson } from './http/requests.ts';
import type { Session } from './hub.ts';

/** What can keep a commit alive; the official client reads all four (huggingface_hub, `list_repo_refs`). */
const KINDS = ['branches', 'converts', 'tags', 'pullRequests'] as const;

/**
 * The commits that branches, conversions, tags and pull requests of a Space name (hub-contract §7).
 *
 * @throws Failure `hub` when the answer may not be all of them
 */
export async function commitsOfRefs(session: Session, id: string): Promise<readonly string[]> {
  const path = `/api/spaces/${id}/refs`;
  const what = `list the branches, tags and pull requests of ${id}`;
  const answer = objectOf(await getJson(session, `${path}?include_prs=1`, what));
  const commits = KINDS.flatMap((kind): readonly (string | undefined)[] => {
    const refs = answer[kind];
    return Array.isArray(refs) ? refs.map((ref) => textOf(objectOf(ref)['targetCommit'])) : [undefined];
  });
  return commits.map((commit) => {
    if (commit !== undefined) return commit;
    const incomplete = `The Hub does not name all branches, tags and pull requests of ${id}.`;
    throw new Failure('hub', { what: incomplete, where: `GET ${path}` });
  });
}
