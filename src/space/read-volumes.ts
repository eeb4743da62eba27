import { Failure } from '../base/failure.ts';
import type { Session } from '../hub/hub.ts';
import { canSeeBucket, mountedVolumes } from '../hub/volumes.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Volume } from '../inputs/volumes.ts';

/**
 * What is mounted in a Space, where the run is to mount something; undefined where it is not.
 *
 * @throws Failure `refused` when this token cannot see a bucket that is to be mounted
 */
export async function readVolumes(
  session: Session,
  { space, volumes: wanted }: Pick<Inputs, 'space' | 'volumes'>,
): Promise<readonly Volume[] | undefined> {
  if (wanted === undefined) return undefined;
  const [mounted] = await Promise.all([mountedVolumes(session, space.id), refuseHiddenBuckets(session, wanted)]);
  return mounted;
}

async function refuseHiddenBuckets(session: Session, wanted: readonly Volume[]): Promise<void> {
  const sources = new Set(wanted.filter(({ type }) => type === 'bucket').map(({ source }) => source));
  const seen = await Promise.all(
    [...sources].map(async (source) => ({ source, is: await canSeeBucket(session, source) })),
  );
  const hidden = seen.filter(({ is }) => !is).map(({ source }) => source);
  if (hidden.length === 0) return;
  throw new Failure(
    'refused',
    hidden.map((source) => ({
      where: 'input `volumes`',
      what: `There is no bucket ${source} that this token can see.`,
      cause:
        'Its name is misspelled, nobody has created it yet, or it is private and the token is for other repositories.',
      fix: `Create it with \`hf buckets create ${source}\`, or use a token with access to it.`,
    })),
  );
}
