import { readSettings } from './settings/read-settings.ts';
import { StartRefused } from './settings/start-refused.ts';
import { startService } from './start-service.ts';

const CLOSE_DEADLINE_MS = 10_000;

try {
  const service = await startService(readSettings(process.env));
  const stop = (): void => {
    setTimeout(() => process.exit(1), CLOSE_DEADLINE_MS).unref();
    void service.close();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  if (!(error instanceof StartRefused)) throw error;
  process.stderr.write(`The API did not start:\n${error.message.replace(/^/gm, '  ')}\n`);
  process.exit(1);
}
