import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a Space's volume is mounted, unless DATA_DIRECTORY says otherwise. */
const VOLUME = '/data';

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where what is written outlives a restart of the Space; undefined when nothing is mounted there. */
export function writableVolume(spaceId: string | undefined, directory = VOLUME): string | undefined {
  return spaceId && isWritable(directory) ? directory : undefined;
}

/**
 * In the volume where there is one; everywhere else the temporary directory is what uid 1000 may write to. The name keeps
 * Spaces and environments apart that share one machine, as they do in a rehearsal.
 */
export function defaultSqlitePath(spaceId: string | undefined, environment: string, volume?: string): string {
  const owner = spaceId ? `-${spaceId.replace(/[^\w.-]+/g, '-')}` : '';
  return join(volume ?? tmpdir(), `lead-scoring${owner}-${environment}.sqlite`);
}
