import type { Problem } from '../base/failure.ts';
import { meaningfulLines } from './lines.ts';
import { good, goodUnless, type Parsed } from './parsed.ts';
import type { Sdk } from './sdk.ts';

/** What can be mounted, as the Hub names it; all but buckets are always mounted read-only (hub-contract §13.3). */
export type VolumeType = 'bucket' | 'model' | 'dataset' | 'space';

/** Something of the Hub that the app finds as a directory. */
export interface Volume {
  readonly type: VolumeType;
  /** `owner/name`. */
  readonly source: string;
  /** Absolute, without a slash at its end. */
  readonly mountPath: string;
  readonly readOnly: boolean;
  /** The directory of the source that is mounted; all of it where absent. */
  readonly path?: string | undefined;
  /** Branch, tag or commit of a repository, not encoded; `main` where absent. */
  readonly revision?: string | undefined;
}

/** `owner/name`, as a source has to be. */
const SOURCE = /^[\w.-]+\/[\w.-]+$/;

const TYPES: Readonly<Record<string, VolumeType>> = {
  buckets: 'bucket',
  models: 'model',
  datasets: 'dataset',
  spaces: 'space',
};
const NAMES = Object.fromEntries(Object.entries(TYPES).map(([name, type]) => [type, name]));
const EXAMPLE = 'hf://buckets/owner/name:/data, or hf://models/owner/name:/models:ro';

/** The notation of `hf` for mounts: `hf://[TYPE/]OWNER/NAME[@REVISION][/PATH]:/MOUNT_PATH[:ro|:rw]` (huggingface_hub 2.4.0). */
const VOLUME =
  /^hf:\/\/(?:(buckets|models|datasets|spaces)\/)?(?!(?:buckets|models|datasets|spaces)\/)([\w.-]+\/[\w.-]+)(?:@(refs\/(?:convert\/[\w.-]+|pr\/\d+)(?=[/:])|[^/:]+))?(?:\/([^:]+?))?\/?:(\/[^:]*)(?::(ro|rw))?$/;

/** Whether a text names a source. What the Hub masks does not, and must never be sent back (hub-contract §13.3). */
export function isSource(text: string): boolean {
  return SOURCE.test(text);
}

/** Lines of volumes, one each; undefined when there are none. */
export function parseVolumes(text: string): Parsed<readonly Volume[] | undefined> {
  const lines = meaningfulLines(text).map((line) => line.replace(/^-\s+/, ''));
  if (lines.length === 0) return good(undefined);
  const problems: Problem[] = [];
  const volumes = lines.flatMap((line): Volume[] => {
    const volume = parseVolume(line);
    if ('mountPath' in volume) return [volume];
    problems.push(volume);
    return [];
  });
  return goodUnless([...problems, ...mountedTwice(volumes)], volumes);
}

function parseVolume(line: string): Volume | Problem {
  const [, name = 'models', source, written, path, mount, mode] = VOLUME.exec(line) ?? [];
  if (source === undefined || mount === undefined) return { what: `${JSON.stringify(line)} ${whyNot(line)}` };
  const mountPath = mount.replace(/\/+$/, '');
  if (mountPath === '' || mountPath.split('/').includes('..')) {
    return { what: `${JSON.stringify(line)} cannot be mounted there.`, fix: 'Mount it at a directory, as /data.' };
  }
  const type = TYPES[name] ?? 'model';
  const revision = written === undefined ? undefined : unquoted(written);
  if (type === 'bucket' && revision !== undefined)
    return { what: `${JSON.stringify(line)}: a bucket has no revisions.`, fix: 'Leave the part from the @ on out.' };
  if (type !== 'bucket' && mode === 'rw')
    return {
      what: `${JSON.stringify(line)}: the Hub always mounts ${name} read-only.`,
      fix: 'Leave `:rw` out, or write to a bucket.',
    };
  const readOnly = type !== 'bucket' || mode === 'ro';
  // As the Hub's answer is read: named or not, it is the same branch.
  return { type, source, mountPath, readOnly, path, revision: revision === 'main' ? undefined : revision };
}

function whyNot(line: string): string {
  const isRelative = /^hf:\/\/[^:]+:[^/:]/.test(line) && !/:\/(?!\/)/.test(line.slice('hf://'.length));
  return isRelative
    ? `has a mount path that is not absolute. Write it from the root on: ${EXAMPLE}.`
    : `is not a volume. Write ${EXAMPLE}.`;
}

function mountedTwice(volumes: readonly Volume[]): readonly Problem[] {
  const paths = volumes.map(({ mountPath }) => mountPath);
  return [...new Set(paths.filter((path, index) => paths.indexOf(path) < index))].map((path) => ({
    what: `Two volumes are mounted at ${JSON.stringify(path)}.`,
    fix: 'Give each a directory of its own.',
  }));
}

/** A static Space has no app that could read them (hub-contract §13.3). */
export function volumeProblems(volumes: readonly Volume[] | undefined, sdk: Sdk | undefined): readonly Problem[] {
  if (volumes === undefined || sdk !== 'static') return [];
  return [
    {
      where: 'input `volumes`',
      what: 'A static Space runs no app that could use volumes.',
      fix: 'Leave `volumes` out.',
    },
  ];
}

/** Percent signs decoded as Python's `unquote` does, by which huggingface_hub reads revisions: no escape is an error. */
function unquoted(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => Buffer.from(escapes.replaceAll('%', ''), 'hex').toString());
}

/** These are written with their slashes, all other revisions in one segment (huggingface_hub, `to_uri`). */
const SPECIAL_REF = /^refs\/(?:convert\/[\w.-]+|pr\/\d+)$/;

/** A revision so that it is read back: also what `to_uri` leaves as it is, a percent sign. */
function quoted(revision: string): string {
  return SPECIAL_REF.test(revision) ? revision : revision.replace(/[%/:\s\p{Cc}]/gu, encodeURIComponent);
}

/** A volume in the notation of `hf`. */
export function volumeText({ type, source, revision, path, mountPath, readOnly }: Volume): string {
  const at = revision === undefined ? '' : `@${quoted(revision)}`;
  const below = path === undefined ? '' : `/${path}`;
  return `hf://${NAMES[type]}/${source}${at}${below}:${mountPath}${type === 'bucket' && readOnly ? ':ro' : ''}`;
}

/** Whether two lists mount the same, in whatever order. */
export function areSameVolumes(some: readonly Volume[], others: readonly Volume[]): boolean {
  const texts = (volumes: readonly Volume[]) => volumes.map(volumeText).sort().join('\n');
  return texts(some) === texts(others);
}
