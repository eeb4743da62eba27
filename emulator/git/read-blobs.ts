import { runGit } from './run-git.ts';

/** Contents of many blobs through one process, by blob id. Unknown ids are absent. */
export async function readBlobs(
  gitDir: string,
  oids: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  if (oids.length === 0) return found;
  const out = await runGit(gitDir, ['cat-file', '--batch', '--buffer'], { input: `${oids.join('\n')}\n`, env });
  let at = 0;
  while (at < out.length) {
    const lineEnd = out.indexOf(0x0a, at);
    const [oid, type, size] = out.toString('latin1', at, lineEnd).split(' ');
    at = lineEnd + 1;
    if (!oid || type === 'missing') continue;
    const end = at + Number(size);
    found.set(oid, out.subarray(at, end));
    at = end + 1;
  }
  return found;
}
