import { expect, test } from '@jest/globals';
import { Failure } from '../../../../src/base/failure.ts';
import { streamlitDockerfile } from '../../../../src/source/card/streamlit.ts';

const dockerfile = (card: Readonly<Record<string, unknown>>, ...paths: readonly string[]) =>
  streamlitDockerfile({
    card,
    has: (path) => paths.includes(path),
    requirements: paths.includes('requirements.txt') ? 'Streamlit>=1.40  # the app\n' : '',
  });

const expected = (python: string, install: readonly string[], app: string, port = 8501) => `FROM python:${python}-slim
RUN useradd --create-home --uid 1000 user
USER user
ENV HOME=/home/user PATH=/home/user/.local/bin:$PATH PYTHONUNBUFFERED=1
WORKDIR /home/user/app
${install.join('\n')}
COPY --chown=user . .
EXPOSE ${port}
CMD ["streamlit","run","${app}","--server.port=${port}","--server.address=0.0.0.0","--server.headless=true","--browser.gatherUsageStats=false"]
`;
const REQUIREMENTS = ['COPY --chown=user requirements.txt ./', 'RUN pip install --no-cache-dir -r requirements.txt'];

test.each([
  [
    'requirements, and the usual name',
    dockerfile({}, 'app.py', 'streamlit_app.py', 'requirements.txt'),
    expected('3.12', REQUIREMENTS, 'streamlit_app.py'),
  ],
  [
    'no requirements',
    dockerfile({}, 'app.py'),
    expected('3.12', ['RUN pip install --no-cache-dir streamlit'], 'app.py'),
  ],
  [
    'the version that the card names',
    dockerfile({ sdk_version: '1.40' }, 'app.py'),
    expected('3.12', ['RUN pip install --no-cache-dir streamlit==1.40'], 'app.py'),
  ],
  [
    'a file in src',
    dockerfile({}, 'src/streamlit_app.py'),
    expected('3.12', ['RUN pip install --no-cache-dir streamlit'], 'src/streamlit_app.py'),
  ],
  [
    'all that a card can say',
    dockerfile(
      { app_file: 'my app.py', python_version: '3.10', app_port: 9000 },
      'my app.py',
      'app.py',
      'requirements.txt',
    ),
    expected('3.10', REQUIREMENTS, 'my app.py', 9000),
  ],
  [
    'words in a card that are no versions',
    dockerfile({ python_version: '3; RUN evil', sdk_version: '1 && evil' }, 'app.py'),
    expected('3.12', ['RUN pip install --no-cache-dir streamlit'], 'app.py'),
  ],
  [
    'requirements that leave Streamlit to the SDK of old, and packages of Debian',
    streamlitDockerfile({
      card: {},
      has: (path) => path !== 'streamlit_app.py',
      requirements: 'streamlit-aggrid\npandas\n',
    }),
    expected('3.12', [...REQUIREMENTS, 'RUN pip install --no-cache-dir streamlit'], 'app.py').replace(
      'USER user\n',
      `COPY packages.txt /tmp/packages.txt
RUN apt-get update && xargs -r -a /tmp/packages.txt apt-get install -y --no-install-recommends && rm -rf /var/lib/apt/lists/*
USER user
`,
    ),
  ],
])('%s', (_, text, whole) => {
  expect(text).toBe(whole);
});

test.each([
  ['no file looks like the app', {}, 'No file looks like the Streamlit app.'],
  ['the named file is not there', { app_file: 'x.py' }, 'The app_file "x.py" is not among the deployed files.'],
])('%s', (_, card, what) => {
  expect(() => dockerfile(card, 'main.py')).toThrow(new Failure('inputs', { what }));
});
