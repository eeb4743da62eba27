import { badRequest } from '../http/refusals.ts';
import { checkCard } from '../space/check-card.ts';

export const regularLimitBytes = 10 * 1024 * 1024;
export const sampleBytes = 512;

/** Whether the Hub takes content for binary. As far as is known, a NUL byte decides (hub-contract §9). */
export function isBinary(content: Buffer): boolean {
  return content.includes(0);
}

export interface Blob {
  readonly path: string;
  readonly content: Buffer;
}

export const tooLargeText =
  'Your push was rejected because it contains files larger than 10 MiB. ' +
  'Please use https://git-lfs.github.com/ to store large files.';
export const binaryText =
  'Your push was rejected because it contains binary files. ' +
  'Please use https://huggingface.co/docs/hub/xet to store binary files.';

export function offendersText(paths: readonly string[], ref: string): string {
  return `Offending files:${paths.map((path) => `\n  - ${path} (ref: ${ref})`).join('')}`;
}

/** Refuses regular files that only LFS may hold, and a README that the Hub cannot read (hub-contract §11, §12.2). */
export function checkRegularFiles(files: readonly Blob[], ref: string): void {
  const refuse = (text: string, offenders: readonly Blob[]) => {
    const paths = offenders.map(({ path }) => path);
    if (paths.length > 0) throw badRequest(`${text}\n${offendersText(paths, ref)}`);
  };
  refuse(
    tooLargeText,
    files.filter(({ content }) => content.length > regularLimitBytes),
  );
  refuse(
    binaryText,
    files.filter(({ content }) => isBinary(content.subarray(0, sampleBytes))),
  );
  const readme = files.findLast(({ path }) => path === 'README.md');
  const errors = readme ? checkCard(readme.content.toString()).errors : [];
  if (errors.length > 0) throw badRequest(`Invalid YAML in README.md: ${errors.join(', ')}`);
}
