/**
 * The small process of small-starter.ts: carries out the orders that come over the channel of `fork`, and ends with its
 * parent.
 */
import { KeptGit } from './kept-git.ts';
import { type GitOrder, type GitReport, startGit } from './start-git.ts';

const kept = new Map<string, KeptGit>();

process.on('message', async ({ id, order }: { readonly id: number; readonly order: GitOrder }) => {
  const report = await (order.isKept ? askKept(order) : startGit(order));
  if (process.connected) process.send?.({ id, report });
});
process.on('disconnect', async () => {
  await Promise.all([...kept.values()].map((git) => git.end()));
  process.exit();
});
// Ctrl-C reaches every process of a terminal; the Hub needs git until it has ended everything.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

/** Asks the git of this directory, and starts it if necessary. */
function askKept(order: GitOrder): Promise<GitReport> {
  const running = kept.get(order.cwd);
  if (running !== undefined) return running.ask(order.input);
  const started = new KeptGit(order, () => kept.delete(order.cwd));
  kept.set(order.cwd, started);
  return started.ask(order.input);
}
