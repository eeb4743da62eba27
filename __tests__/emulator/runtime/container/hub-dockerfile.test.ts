import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { hubDockerfile } from '../../../../emulator/runtime/container/hub-dockerfile.ts';
import { readCard } from '../../../../emulator/runtime/image/card.ts';

test('a gradio Space: its Python, its packages, its requirements and its version in one installation', async () => {
  const card = { sdk: 'gradio', sdk_version: '5.49.1', python_version: '3.12', app_file: 'main.py' };
  expect(await dockerfileOf(card, ['packages.txt', 'pre-requirements.txt', 'requirements.txt'])).toBe(`FROM python:3.12
RUN useradd -m -u 1000 user
COPY packages.txt /tmp/packages.txt
RUN apt-get update && xargs -r -a /tmp/packages.txt apt-get install -y && rm -rf /var/lib/apt/lists/*
WORKDIR /home/user/app
COPY pre-requirements.txt /tmp/
RUN pip install --no-cache-dir -r /tmp/pre-requirements.txt
COPY requirements.txt /tmp/
RUN pip install --no-cache-dir -r /tmp/requirements.txt gradio==5.49.1
COPY --chown=1000:1000 . .
RUN chown 1000:1000 .
USER 1000
ENV HOME=/home/user PYTHONUNBUFFERED=1 SYSTEM=spaces
ENV GRADIO_SERVER_NAME=0.0.0.0 GRADIO_SERVER_PORT=7860 GRADIO_ANALYTICS_ENABLED=False
CMD ["python","main.py"]
`);
});

test('a streamlit Space that says nothing', async () => {
  const lines = (await dockerfileOf({ sdk: 'streamlit' }, [])).split('\n');
  expect(lines.filter((line) => /^(FROM|COPY|RUN pip|CMD)/.test(line))).toEqual([
    'FROM python:3.10',
    'RUN pip install --no-cache-dir streamlit',
    'COPY --chown=1000:1000 . .',
    'CMD ["streamlit","run","app.py","--server.port=7860","--server.address=0.0.0.0","--server.headless=true"]',
  ]);
});

async function dockerfileOf(frontMatter: Record<string, unknown>, files: readonly string[]): Promise<string> {
  const context = await mkdtemp(join(tmpdir(), 'context-'));
  for (const file of files) await writeFile(join(context, file), '');
  const card = readCard(frontMatter);
  const text = await hubDockerfile(card.sdk === 'gradio' ? 'gradio' : 'streamlit', card, context);
  await rm(context, { recursive: true });
  return text;
}
