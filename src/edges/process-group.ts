import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';

const LOOK_EVERY_MS = 25;

/**
 * Ends a process and all that belongs to its group: asked to first, and killed after a time (in milliseconds). Nothing
 * happens where all of it has ended. What has left the group, GitHub's runner ends with the job.
 */
export async function endGroup(child: ChildProcess, graceMs: number): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') return endTree(child, pid);
  if (!send(pid, 'SIGTERM')) return;
  for (let waitedMs = 0; waitedMs < graceMs; waitedMs += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
    if (!send(pid, 0)) return;
  }
  send(pid, 'SIGKILL');
}

/** Whether there was anybody in the group to send it to. */
function send(group: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, signal);
  } catch {
    return false;
  }
}

/** Windows has no groups; its own tool ends what a process has started. */
async function endTree(child: ChildProcess, pid: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true })
      .once('error', resolve)
      .once('close', resolve);
  });
}
