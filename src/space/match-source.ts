import { Failure } from '../base/failure.ts';
import { listTree } from '../hub/history.ts';
import type { Session } from '../hub/hub.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Source } from '../source/source.ts';
import { differingFiles, findDifferences } from './differing-files.ts';
import type { SpaceHead } from './read-head.ts';

/**
 * How the newest commit of a Space goes with a source: it has the digest of what would be deployed, or that of the same
 * source with another card or other names, or no digest and the same files.
 */
export type SourceMatch = 'same-content' | 'same-source' | 'same-files';

/**
 * Whether the newest commit of a Space is this source, by its digest, or by its files where another tool deployed it.
 *
 * @throws Failure `drift` naming the files that differ
 */
export async function matchSource(
  session: Session,
  { id, head, trailers }: SpaceHead,
  inputs: Pick<Inputs, 'renames' | 'protect'>,
  source: Source,
): Promise<SourceMatch> {
  const { contentDigest, sourceDigest, sourceCommit } = trailers;
  if (contentDigest === source.contentDigest) return 'same-content';
  if (sourceDigest !== undefined && sourceDigest === source.sourceDigest) return 'same-source';
  const tree = await listTree(session, id, head);
  const hasDigest = contentDigest !== undefined || sourceDigest !== undefined;
  if (!hasDigest && (await findDifferences(tree, inputs, source, true)).length === 0) return 'same-files';
  const of = (commit: string | undefined) => (commit === undefined ? '' : `, of commit ${commit.slice(0, 7)}`);
  throw new Failure('drift', {
    where: `Space ${id}, commit ${head.slice(0, 7)}`,
    what: `The newest commit of the Space is not this source.`,
    cause: hasDigest
      ? 'Another source was deployed, or the checkout is of another commit.'
      : 'The commit was not made by Spaceport, and its files differ from those that are checked out.',
    fix: 'Deploy this source, or check out the commit that was deployed.',
    evidence: [
      ...(sourceDigest === undefined
        ? []
        : [
            `Source-Digest there: ${sourceDigest}${of(sourceCommit)}`,
            `Source-Digest here:  ${source.sourceDigest}${of(source.commit)}`,
          ]),
      ...(await differingFiles(tree, inputs, source)),
    ],
  });
}
