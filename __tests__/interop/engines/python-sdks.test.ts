import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { rig } from '../../emulator/runtime/rig.ts';
import { openEngine, type TestEngine } from './engine.ts';

let engine: TestEngine;

beforeAll(async () => {
  engine = await openEngine();
});

afterAll(async () => {
  await engine?.runtime.close();
});

test('a gradio Space without a Dockerfile runs as on the Hub', async () => {
  const card = { sdk: 'gradio', sdk_version: '5.49.1', python_version: '3.12', title: 'A demo' };
  await using space = await rig({ start: engine.runtime.start, card, pace: { startTimeoutMs: 120_000 } });
  Object.assign(space.variables, { GREETING: 'hello' });
  space.push({
    'packages.txt': 'jq\n',
    'requirements.txt': 'six==1.17.0\n',
    'app.py': `import os, shutil, six
import gradio as gr
title = f"{os.environ['GREETING']} {six.__version__} {gr.__version__} {os.getuid()} {bool(shutil.which('jq'))} {os.environ['SPACE_ID']}"
open('writable', 'w').close()
gr.Interface(fn=lambda name: name, inputs='text', outputs='text', title=title).launch()
`,
  });
  await space.until('RUNNING');
  expect((await space.get('/config')).body).toContain('hello 1.17.0 5.49.1 1000 True me/app');
});
