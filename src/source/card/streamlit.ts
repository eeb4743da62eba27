import { Failure } from '../../base/failure.ts';

/** Where Streamlit listens by default, and what the Hub's own template uses. */
export const STREAMLIT_PORT = 8501;

const USUAL_FILES = ['streamlit_app.py', 'app.py', 'src/streamlit_app.py'];

/** Debian's packages, as the Hub's own SDK took them from this file. */
const PACKAGES = [
  'COPY packages.txt /tmp/packages.txt',
  'RUN apt-get update && xargs -r -a /tmp/packages.txt apt-get install -y --no-install-recommends && rm -rf /var/lib/apt/lists/*',
];

interface StreamlitApp {
  readonly card: Readonly<Record<string, unknown>>;
  readonly has: (path: string) => boolean;
  /** Text of requirements.txt; empty when there is none. */
  readonly requirements: string;
}

/**
 * The Dockerfile of a Streamlit app that brings none: the Hub dropped this SDK on 2025-04-30, so it runs as a docker
 * Space. Everything that differs between apps is written out, so that it can be copied and changed.
 *
 * @throws Failure `inputs` when no file can be told to be the app
 */
export function streamlitDockerfile({ card, has, requirements }: StreamlitApp): string {
  const appFile = typeof card['app_file'] === 'string' ? card['app_file'] : USUAL_FILES.find(has);
  if (appFile === undefined || !has(appFile)) throw noApp(appFile);
  const python = /^3\.\d+(\.\d+)?$/.exec(String(card['python_version'] ?? ''))?.[0] ?? '3.12';
  const version = /^\d[\w.]*$/.exec(String(card['sdk_version'] ?? ''))?.[0];
  // The Hub's own SDK brought Streamlit along, so apps made for it need not list it.
  const listsStreamlit = /^\s*streamlit\b(?!-)/im.test(requirements);
  const port = Number(card['app_port'] ?? STREAMLIT_PORT);
  const install = [
    ...(has('requirements.txt')
      ? ['COPY --chown=user requirements.txt ./', 'RUN pip install --no-cache-dir -r requirements.txt']
      : []),
    ...(listsStreamlit
      ? []
      : [`RUN pip install --no-cache-dir streamlit${version === undefined ? '' : `==${version}`}`]),
  ];
  const command = [
    'streamlit',
    'run',
    appFile,
    `--server.port=${port}`,
    '--server.address=0.0.0.0',
    '--server.headless=true',
    '--browser.gatherUsageStats=false',
  ];
  return `${[
    `FROM python:${python}-slim`,
    'RUN useradd --create-home --uid 1000 user',
    ...(has('packages.txt') ? PACKAGES : []),
    'USER user',
    'ENV HOME=/home/user PATH=/home/user/.local/bin:$PATH PYTHONUNBUFFERED=1',
    'WORKDIR /home/user/app',
    ...install,
    'COPY --chown=user . .',
    `EXPOSE ${port}`,
    `CMD ${JSON.stringify(command)}`,
  ].join('\n')}\n`;
}

function noApp(named: string | undefined): Failure {
  return new Failure('inputs', {
    where: 'input `sdk`',
    what:
      named === undefined
        ? 'No file looks like the Streamlit app.'
        : `The app_file ${JSON.stringify(named)} is not among the deployed files.`,
    fix: `Name it streamlit_app.py or app.py, or set app_file in \`card\`.`,
  });
}
