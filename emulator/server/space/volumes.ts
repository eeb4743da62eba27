import type { Volume } from '../../space-runtime.ts';
import type { Fields } from '../http/fields.ts';
import { badRequest } from '../http/refusals.ts';
import type { Buckets } from './buckets.ts';

const TYPES = ['bucket', 'model', 'dataset', 'space'] as const;

/** What is mounted in a Space, as the API takes and shows it (hub-contract §13.3). */
export interface StoredVolume {
  readonly type: (typeof TYPES)[number];
  readonly source: string;
  readonly mountPath: string;
  readonly revision?: string | undefined;
  readonly readOnly: boolean;
  readonly path?: string | undefined;
}

export function readVolumes(list: readonly Fields[]): readonly StoredVolume[] {
  const volumes = list.map(readVolume);
  const paths = volumes.map(({ mountPath }) => mountPath);
  if (new Set(paths).size < paths.length) throw badRequest('"volumes" must not have the same mountPath twice');
  return volumes;
}

/** Repositories are mounted read-only, whatever is asked for. */
function readVolume(fields: Fields): StoredVolume {
  const type = TYPES.find((each) => each === fields.text('type'));
  if (type === undefined) throw badRequest(`"type" must be one of [${TYPES.join(', ')}]`);
  const mountPath = fields.text('mountPath');
  if (!mountPath.startsWith('/')) throw badRequest('"mountPath" fails to match the required pattern: /^\\/.*/');
  return {
    type,
    source: fields.text('source'),
    mountPath,
    revision: fields.optionalText('revision'),
    readOnly: type !== 'bucket' || fields.flag('readOnly') === true,
    path: fields.optionalText('path'),
  };
}

/**
 * The volumes as somebody sees them: of what is private, and not for them, only what it is and how it is mounted
 * (hub-contract §13.3).
 */
export function shownVolumes(
  volumes: readonly StoredVolume[] | undefined,
  isHidden: (volume: StoredVolume) => boolean,
): readonly StoredVolume[] | undefined {
  return volumes?.map((volume) => {
    const { type, mountPath, readOnly } = volume;
    return isHidden(volume) ? { type, source: '****/******', mountPath, readOnly } : volume;
  });
}

/** The buckets among them as directories. The local Hub has no models and data sets: an app finds nothing there. */
export function mountable(volumes: readonly StoredVolume[], buckets: Buckets): readonly Volume[] {
  return volumes.flatMap(({ source, mountPath, readOnly, path }): Volume[] => {
    const bucket = buckets.find(source);
    if (bucket === undefined) return [];
    const below = path?.split('/').filter((part) => part !== '' && part !== '..') ?? [];
    return [{ directory: [buckets.directoryOf(bucket), ...below].join('/'), mountPath, readOnly }];
  });
}
