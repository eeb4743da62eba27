import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from '../image/card.ts';

/** The port that Streamlit listens on when nobody says otherwise. */
const PORTS = { gradio: 7860, streamlit: 8501 } as const;

/** The Hub's, unless `python_version` says otherwise (hub-contract §12.1). */
const DEFAULT_PYTHON = '3.10';

/** What the Hub's builder does for a gradio Space (and did for a streamlit one), written as a Dockerfile. */
export async function pythonDockerfile(
  sdk: 'gradio' | 'streamlit',
  card: Card,
  context: string,
): Promise<{ text: string; appPort: number }> {
  const appFile = card.appFile ?? 'app.py';
  const requirements = await presentOf(context, ['pre-requirements.txt', 'requirements.txt']);
  const appPort = PORTS[sdk];
  const lines = [
    `FROM python:${card.pythonVersion ?? DEFAULT_PYTHON}`,
    'ENV PYTHONUNBUFFERED=1',
    `ENV GRADIO_SERVER_NAME=0.0.0.0 GRADIO_SERVER_PORT=${appPort} GRADIO_ANALYTICS_ENABLED=False`,
    'WORKDIR /home/user/app',
    `RUN pip install --no-cache-dir ${sdk}${card.sdkVersion === undefined ? '' : `==${card.sdkVersion}`}`,
    ...requirements.flatMap((file) => [`COPY ${file} ./`, `RUN pip install --no-cache-dir -r ${file}`]),
    'COPY . .',
    `CMD ${JSON.stringify(startWords(sdk, appFile, appPort))}`,
  ];
  return { text: `${lines.join('\n')}\n`, appPort };
}

function startWords(sdk: 'gradio' | 'streamlit', appFile: string, port: number): string[] {
  if (sdk === 'gradio') return ['python', appFile];
  return ['streamlit', 'run', appFile, `--server.port=${port}`, '--server.address=0.0.0.0', '--server.headless=true'];
}

async function presentOf(directory: string, names: readonly string[]): Promise<string[]> {
  const present = await Promise.all(names.map((name) => isThere(join(directory, name))));
  return names.filter((_, at) => present[at]);
}

function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
