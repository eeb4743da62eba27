import { sql } from 'kysely';
import type { Database } from '../database/open-database.ts';
import type { Bucket, Summary } from './summary.ts';

const BUCKETS = 10;

/** The bucket of a score, 1.0 in the last; counted in SQL that both databases round alike. */
const bucketOf = sql<number>`case ${sql.join(
  Array.from(
    { length: BUCKETS - 1 },
    (_, index) => sql`when score < ${sql.lit((index + 1) / BUCKETS)} then ${sql.lit(index)}`,
  ),
  sql` `,
)} else ${sql.lit(BUCKETS - 1)} end`;

async function histogram(db: Database): Promise<Bucket[]> {
  const rows = await db
    .selectFrom('predictions')
    .select(({ fn }) => [bucketOf.as('bucket'), fn.countAll().as('count')])
    .groupBy('bucket')
    .execute();
  const counts = new Map(rows.map(({ bucket, count }) => [bucket, Number(count)]));
  return Array.from({ length: BUCKETS }, (_, index) => ({
    from: index / BUCKETS,
    to: (index + 1) / BUCKETS,
    count: counts.get(index) ?? 0,
  }));
}

async function byPriority(db: Database): Promise<Summary['by_priority']> {
  const rows = await db
    .selectFrom('predictions')
    .select(({ fn }) => ['priority', fn.countAll().as('count')])
    .groupBy('priority')
    .execute();
  const counts = Object.fromEntries(rows.map(({ priority, count }) => [priority, Number(count)]));
  return { hot: 0, warm: 0, cold: 0, ...counts };
}

/** The nearest-rank percentile: a latency that was measured, and the same on both databases. */
async function latency(db: Database, measured: number, percentile: number): Promise<number | null> {
  const row = await db
    .selectFrom('predictions')
    .select('latency_ms')
    .where('latency_ms', 'is not', null)
    .orderBy('latency_ms')
    .offset(Math.max(0, Math.ceil(measured * percentile) - 1))
    .limit(1)
    .executeTakeFirst();
  return row?.latency_ms ?? null;
}

/** What the dashboard draws. */
export async function readSummary(db: Database): Promise<Summary> {
  const totals = await db
    .selectFrom('predictions')
    .select(({ fn }) => [
      fn.countAll().as('total'),
      fn.count('latency_ms').as('measured'),
      fn.min('created_at').as('since'),
      fn.avg<number | null>('score').as('mean_score'),
    ])
    .executeTakeFirstOrThrow();
  const measured = Number(totals.measured);
  return {
    since: totals.since === null ? null : new Date(totals.since).toISOString(),
    total: Number(totals.total),
    by_priority: await byPriority(db),
    mean_score: totals.mean_score === null ? null : Math.round(totals.mean_score * 10_000) / 10_000,
    histogram: await histogram(db),
    latency_ms: { p50: await latency(db, measured, 0.5), p95: await latency(db, measured, 0.95) },
  };
}
