import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient } from 'pg';

function droppingClient(client: PoolClient): PostgresPoolClient {
  let failed = false;
  const query = async (text: string, parameters: unknown[]) => {
    try {
      return await client.query(text, parameters);
    } catch (error) {
      failed = true;
      throw error;
    }
  };
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(failed || destroy),
  };
}

/**
 * A pool that never hands out a connection again on which a query failed: after a network failure it may be waiting
 * for an answer that does not come, and each query after it would wait too.
 */
export const droppingPool = (pool: Pool): PostgresPool => ({
  options: pool.options,
  connect: async () => droppingClient(await pool.connect()),
  end: () => pool.end(),
});
