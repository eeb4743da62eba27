import { Failure, type Problem } from '../base/failure.ts';
import { plainLine } from '../base/plain-line.ts';
import type { Session } from '../hub/hub.ts';
import { canSeeBucket, mountedVolumes, type UnknownVolume } from '../hub/volumes.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { Volume } from '../inputs/volumes.ts';

/**
 * What is mounted in a Space, where the run is to mount something; undefined where it is not.
 *
 * @throws Failure `refused` when this token cannot see a bucket that is to be mounted, or something is mounted that could
 *   not be mounted again
 */
export async function readVolumes(
  session: Session,
  { space, volumes: wanted }: Pick<Inputs, 'space' | 'volumes'>,
): Promise<readonly Volume[] | undefined> {
  if (wanted === undefined) return undefined;
  const [mounted] = await Promise.all([mountedVolumes(session, space.id), refuseHiddenBuckets(session, wanted)]);
  if (mounted.unknown.length > 0)
    throw new Failure(
      'refused',
      mounted.unknown.map((each) => unknownMounted(space.id, each)),
    );
  return mounted.volumes;
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

/** All that is mounted would be replaced, and a rollback could not restore this. */
function unknownMounted(id: string, { mountPath, isMasked }: UnknownVolume): Problem {
  const at = mountPath === undefined ? 'a path that the Hub does not name' : plainLine(JSON.stringify(mountPath));
  const what = isMasked
    ? `The Hub hides from this token where ${at} comes from`
    : `What is mounted at ${at} is of a kind or from a source that Spaceport does not know`;
  return {
    where: `Space ${id}; input \`volumes\``,
    what: `${what}: it cannot be compared with \`volumes\`, which would take it away.`,
    cause: '`volumes` replaces all that is mounted, and what is not known could not be mounted again.',
    fix: isMasked
      ? 'Use a token with access to its source, or leave `volumes` out and mount by hand.'
      : 'Leave `volumes` out and mount by hand, or remove that volume in the settings of the Space.',
  };
}
