import { execFileSync } from 'node:child_process';
import { cpus, release, totalmem, type } from 'node:os';
import { fileURLToPath } from 'node:url';

/** The machine and the versions that were measured, as one paragraph. */
export function machine(): string {
  const [cpu] = cpus();
  const python = fileURLToPath(new URL('../../.venv/bin/python', import.meta.url));
  const versions = [
    `Node ${process.versions.node}`,
    said(python, '--version'),
    `huggingface_hub ${said(python, '-c', 'import huggingface_hub as h; print(h.__version__)')}`,
    said('git', '--version').replace(' version', ''),
    said('git', 'lfs', 'version').replace(/ .*/, '').replace('/', ' '),
  ];
  const day = new Date().toISOString().slice(0, 10);
  const hardware = `${cpus().length} × ${cpu?.model}, ${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${day}, ${hardware}, ${type()} ${release().split('-')[0]}; ${versions.join(', ')}.`;
}

function said(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: 'utf8' }).trim();
}
