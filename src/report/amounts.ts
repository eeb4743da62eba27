import prettyBytes from 'pretty-bytes';

/** `3.4 kB`, or `3.1 kB → 3.4 kB` where the size differs. */
export function bytesBecome(was: number, is: number): string {
  return was === is ? prettyBytes(is) : `${prettyBytes(was)} → ${prettyBytes(is)}`;
}

/** `3600 s`, `never`: after how long without a visit a Space sleeps. */
export function sleepTime(seconds: number): string {
  return seconds < 0 ? 'never' : `${seconds} s`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
