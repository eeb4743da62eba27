import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

function isWritable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * In a Space with storage, /data outlives a restart; everywhere else the temporary directory is what uid 1000 may
 * write to. The name keeps Spaces and environments apart that share one machine, as they do in a rehearsal.
 */
export function defaultSqlitePath(spaceId: string | undefined, environment: string): string {
  const directory = spaceId && isWritable('/data') ? '/data' : tmpdir();
  const owner = spaceId ? `-${spaceId.replace(/[^\w.-]+/g, '-')}` : '';
  return join(directory, `lead-scoring${owner}-${environment}.sqlite`);
}
