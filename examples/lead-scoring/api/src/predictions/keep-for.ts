import type { FastifyBaseLogger } from 'fastify';
import type { PredictionStore } from './prediction-store.ts';

const DAY_MS = 86_400_000;
const INTERVAL_MS = 3_600_000;

/** Removes predictions older than so many days, now and every hour; call what it returns to stop. */
export async function keepFor(
  days: number,
  store: PredictionStore,
  log: FastifyBaseLogger,
  intervalMs = INTERVAL_MS,
): Promise<() => void> {
  const sweep = async (): Promise<void> => {
    try {
      const removed = await store.removeBefore(new Date(Date.now() - days * DAY_MS));
      if (removed > 0) log.info({ removed, days }, 'removed old predictions');
    } catch (error) {
      log.warn({ err: error }, 'old predictions are kept until the next try');
    }
  };
  await sweep();
  const timer = setInterval(() => void sweep(), intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
