/** `1.2 s`, `3 m 20 s`: how long something took, for people. */
export function duration(ms: number): string {
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} m ${seconds % 60} s`;
}

/** `12 B`, `3.4 kB`, `500 MB`. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `3.4 kB`, or `3.1 kB → 3.4 kB` where it differed before. */
export function bytesBecome(was: number, is: number): string {
  return was === is ? bytes(is) : `${bytes(was)} → ${bytes(is)}`;
}

/** `3600 s`, `never`: after how long without a visit a Space sleeps. */
export function sleepTime(seconds: number): string {
  return seconds < 0 ? 'never' : `${seconds} s`;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
