import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSettings } from '../../src/settings/read-settings.ts';
import type { Settings } from '../../src/settings/settings.ts';

export const sqliteFile = (): string => join(mkdtempSync(join(tmpdir(), 'leads-')), 'leads.sqlite');

/** Settings of a quiet instance on a free port, with a database of its own unless one is given. */
export const testSettings = (env: Record<string, string> = {}): Settings =>
  readSettings({ APP_ENV: 'test', PORT: '0', SQLITE_PATH: sqliteFile(), ...env });
