import { afterEach, expect, test } from '@jest/globals';
import { dockerApp, staticSite } from './support/apps.ts';
import { type Lab, openLab, writes } from './support/lab.ts';

let lab: Lab;
afterEach(() => lab.close());

test('a static Space is proven by the content that it serves, and loses the files that the Hub put in', async () => {
  lab = await openLab(staticSite('one'));
  const first = await lab.deploy({ variables: 'GREETING=hello' });
  expect(first.errors).toEqual([]);
  expect(Object.keys(await lab.space().files()).sort()).toEqual([
    '.gitattributes',
    'README.md',
    'data.txt',
    'index.html',
  ]);
  lab.workspace.commit(staticSite('two'));

  const second = await lab.deploy({ variables: 'GREETING=hello' });
  lab.workspace.commit({ 'index.html': '<!doctype html><html><head></head><body>three</body></html>' });
  const third = await lab.deploy({ variables: 'GREETING=hello' });

  expect([second.errors, third.errors]).toEqual([[], []]);
  expect((await fetch(`${lab.space().runtime.appUrl}/data.txt`)).status).toBe(404);
  const token = { headers: { authorization: 'Bearer hf_me_write' } };
  expect(await (await fetch(`${lab.space().runtime.appUrl}/data.txt`, token)).text()).toBe('two\n');
  expect((await lab.deploy({ variables: 'GREETING=hello' })).outputs['result']).toBe('unchanged');
});

test('a static Space is made where there is only an index.html, and front matter is written for it', async () => {
  const { 'index.html': page = '' } = staticSite('one');
  lab = await openLab({ 'index.html': page });

  const run = await lab.deploy({ card: 'title: My site\nemoji: 🚀\n' });

  expect(run.errors).toEqual([]);
  expect(String(await lab.space().read('README.md'))).toBe('---\ntitle: My site\nemoji: 🚀\nsdk: static\n---\n');
  expect(lab.space().sdk).toBe('static');
});

test('a Streamlit app becomes a docker Space with a Dockerfile of its own', async () => {
  lab = await openLab({
    'app.py': 'import streamlit as st\nst.write("hello")\n',
    'requirements-streamlit.txt': 'streamlit==1.50.0\n',
    'README.md':
      '---\n# how it looks\ntitle: Dashboard # shown on the Hub\nsdk: streamlit\nsdk_version: 1.50.0\n---\n\nRead me.\n',
  });

  const run = await lab.deploy({
    mode: 'plan',
    rename: 'requirements-streamlit.txt -> requirements.txt',
    card: 'pinned: true',
  });

  expect(run.errors).toEqual([]);
  expect(run.outputs).toMatchObject({ result: 'planned', changed: 'false', created: 'false' });
  expect(writes(run.requests)).toEqual([]);
  const plan = JSON.parse(run.outputs['plan'] ?? '');
  expect(plan.steps[0]).toEqual({ kind: 'create', sdk: 'docker', visibility: 'private', reason: expect.any(String) });
  expect(plan.steps.at(-1).added.map(({ path }: { path: string }) => path)).toEqual([
    'README.md',
    'app.py',
    'requirements.txt',
    'Dockerfile',
  ]);
  const sent = lab.hub.requests.find(({ path }) => path === '/api/validate-yaml');
  expect(JSON.parse(sent?.body ?? '').content).toBe(
    '---\n# how it looks\ntitle: Dashboard # shown on the Hub\nsdk: docker\nsdk_version: 1.50.0\npinned: true\napp_port: 8501\n---\n\nRead me.\n',
  );
});

test('a Gradio app is deployed as it is, and plan mode shows what would change', async () => {
  lab = await openLab({
    'app.py': 'import gradio as gr\n',
    'README.md': '---\ntitle: Demo\nsdk: gradio\nsdk_version: 5.0.0\napp_file: app.py\n---\n',
  });

  const run = await lab.deploy({ mode: 'plan' });

  expect(run.errors).toEqual([]);
  expect(run.summary).toMatch(/^## 📋 Plan for <code>me\/app<\/code>\n\nNothing was changed\./);
  expect(run.summary).toMatch(/### What would change\n\n- new private gradio Space/);
});

test('build output that git ignores is included when it is named, and a subdirectory is deployed alone', async () => {
  lab = await openLab({
    '.gitignore': 'dist/\n',
    ...Object.fromEntries(Object.entries(dockerApp('1')).map(([path, text]) => [`app/${path}`, text])),
    'other.txt': 'not for the Space',
  });
  const { mkdirSync, writeFileSync } = await import('node:fs');
  mkdirSync(`${lab.workspace.directory}/app/dist`);
  writeFileSync(`${lab.workspace.directory}/app/dist/built.js`, '1');

  const run = await lab.deploy({ path: 'app', include: 'dist/**', exclude: 'README.md' });

  expect(run.errors).toEqual([]);
  expect(Object.keys(await lab.space().files()).sort()).toEqual([
    '.gitattributes',
    'Dockerfile',
    'README.md',
    'dist/built.js',
    'server.js',
  ]);
});
