import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from '../image/card.ts';

/** Where the Hub looks for a gradio or streamlit app. */
export const PYTHON_APP_PORT = 7860;

/**
 * What the Hub's own image does for a gradio Space (and did for a streamlit one), as a Dockerfile: Python and SDK of the
 * front matter, packages.txt, requirements.txt, uid 1000.
 */
export async function hubDockerfile(sdk: 'gradio' | 'streamlit', card: Card, context: string): Promise<string> {
  const has = (file: string) =>
    access(join(context, file)).then(
      () => true,
      () => false,
    );
  const [packages, before, requirements] = await Promise.all(
    ['packages.txt', 'pre-requirements.txt', 'requirements.txt'].map(has),
  );
  const version = card.sdkVersion === undefined ? '' : `==${card.sdkVersion}`;
  const lines = [
    `FROM python:${card.pythonVersion ?? '3.10'}`,
    'RUN useradd -m -u 1000 user',
    ...(packages ? ['COPY packages.txt /tmp/packages.txt', INSTALL_PACKAGES] : []),
    'WORKDIR /home/user/app',
    ...(before
      ? ['COPY pre-requirements.txt /tmp/', 'RUN pip install --no-cache-dir -r /tmp/pre-requirements.txt']
      : []),
    ...(requirements ? ['COPY requirements.txt /tmp/'] : []),
    // In one command, so that the version of the front matter holds whatever the requirements want.
    `RUN pip install --no-cache-dir ${requirements ? '-r /tmp/requirements.txt ' : ''}${sdk}${version}`,
    'COPY --chown=1000:1000 . .',
    'RUN chown 1000:1000 .',
    'USER 1000',
    'ENV HOME=/home/user PYTHONUNBUFFERED=1 SYSTEM=spaces',
    `ENV GRADIO_SERVER_NAME=0.0.0.0 GRADIO_SERVER_PORT=${PYTHON_APP_PORT} GRADIO_ANALYTICS_ENABLED=False`,
    `CMD ${JSON.stringify(startWords(sdk, card.appFile ?? 'app.py'))}`,
  ];
  return `${lines.join('\n')}\n`;
}

const INSTALL_PACKAGES =
  'RUN apt-get update && xargs -r -a /tmp/packages.txt apt-get install -y && rm -rf /var/lib/apt/lists/*';

function startWords(sdk: 'gradio' | 'streamlit', appFile: string): string[] {
  if (sdk === 'gradio') return ['python', appFile];
  return [
    ...['streamlit', 'run', appFile],
    ...[`--server.port=${PYTHON_APP_PORT}`, '--server.address=0.0.0.0', '--server.headless=true'],
  ];
}
