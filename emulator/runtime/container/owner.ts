import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { errorCode } from '../base/error-code.ts';

/** The label of all that a rehearsal makes; its value says whose it is. */
export const LABEL = 'spaceport.rehearsal';

/** The process whose containers and images these are: `<random>.<pid>.<started>@<machine>`. */
export function thisOwner(): string {
  return `${randomBytes(6).toString('hex')}.${process.pid}.${startedAt(process.pid) ?? 0}@${hostname()}`;
}

/**
 * Whether nobody will remove what belongs to this owner: its process has ended. False of an owner on another machine
 * that shares the engine, and of a label that is not of ours: of these nothing can be known.
 */
export function isGone(owner: string): boolean {
  const [, pid, started, machine] = /^[0-9a-f]+\.(\d+)\.(\d+)@(.*)$/.exec(owner) ?? [];
  if (pid === undefined || machine !== hostname()) return false;
  if (!isAlive(Number(pid))) return true;
  // The same number may be another process by now.
  const now = startedAt(Number(pid));
  return now !== undefined && started !== '0' && String(now) !== started;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) !== 'ESRCH';
  }
}

/** When a process started, in the kernel's ticks since the machine did; undefined where there is no /proc. */
function startedAt(pid: number): number | undefined {
  try {
    // The name, the second field, may have spaces in it; the start is the 22nd.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(fields[19]);
  } catch {
    return undefined;
  }
}
