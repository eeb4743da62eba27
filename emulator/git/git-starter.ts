/** The small process of small-starter.ts: carries out what comes over the channel of `fork`, and ends with who forked it. */
import { type GitOrder, startGit } from './start-git.ts';

process.on('message', async ({ id, order }: { readonly id: number; readonly order: GitOrder }) => {
  const report = await startGit(order);
  if (process.connected) process.send?.({ id, report });
});
process.on('disconnect', () => process.exit());
// Ctrl-C reaches every process of a terminal; the Hub needs git until it has ended everything.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});
