import { fileURLToPath } from 'node:url';
import type { Access } from './client.ts';

/** Made by scripts/interop/setup.sh. */
export function inPythonEnvironment(program: 'python' | 'hf'): string {
  return fileURLToPath(new URL(`../../../../.venv/bin/${program}`, import.meta.url));
}

/** Settings of huggingface_hub and hf; nothing of this machine's own reaches them. */
export function pythonSettings({ hubUrl, token, xet, home }: Access): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    HOME: home,
    HF_HOME: home,
    HF_ENDPOINT: hubUrl,
    HF_TOKEN: token,
    HF_HUB_DISABLE_TELEMETRY: '1',
    HF_HUB_DISABLE_PROGRESS_BARS: '1',
    HF_HUB_DISABLE_UPDATE_CHECK: '1',
    NO_COLOR: '1',
    ...(xet ? {} : { HF_HUB_DISABLE_XET: '1' }),
  };
}
