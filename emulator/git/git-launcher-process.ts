/**
 * The small process of git-launcher.ts: carries out the orders that come over the channel of `fork`, and ends with its
 * parent.
 */
import { LongRunningGit } from './long-running-git.ts';
import { type GitOrder, type GitReport, startGit } from './start-git.ts';

const running = new Map<string, LongRunningGit>();

process.on('message', async ({ id, order }: { readonly id: number; readonly order: GitOrder }) => {
  const report = await (order.isLongRunning ? askLongRunning(order) : startGit(order));
  if (process.connected) process.send?.({ id, report });
});
process.on('disconnect', async () => {
  await Promise.all([...running.values()].map((git) => git.end()));
  process.exit();
});
// Ctrl-C reaches every process of a terminal; the Hub needs git until it has ended everything.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {});

/** Asks the git of this directory, and starts it if necessary. */
function askLongRunning(order: GitOrder): Promise<GitReport> {
  const known = running.get(order.cwd);
  if (known !== undefined) return known.ask(order.input);
  const started = new LongRunningGit(order, () => running.delete(order.cwd));
  running.set(order.cwd, started);
  return started.ask(order.input);
}
