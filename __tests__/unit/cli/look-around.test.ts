import { expect, test } from '@jest/globals';
import { sdkOf } from '../../../src/cli/init/look-around.ts';

const GRADIO = 'import gradio as gr\n\ngr.Interface(str, "text", "text").launch()\n';
const FLASK = 'from flask import Flask\n';

test.each<[string, Readonly<Record<string, string>>, string | undefined]>([
  ['nothing', {}, undefined],
  ['the front matter', { 'README.md': '---\nsdk: gradio\n---\n', Dockerfile: 'FROM scratch\n' }, 'gradio'],
  ['a Dockerfile', { Dockerfile: 'FROM scratch\n', 'app.py': GRADIO }, 'docker'],
  ['a page', { 'index.html': '<p>\n' }, 'static'],
  ["Streamlit's usual file", { 'streamlit_app.py': '' }, 'streamlit'],
  ['an import of Gradio', { 'app.py': GRADIO }, 'gradio'],
  ['an import from a part of it', { 'app.py': 'import os\nfrom gradio.themes import Soft\n' }, 'gradio'],
  ['an import among others', { 'app.py': 'import os, gradio\n' }, 'gradio'],
  ['an import in a block', { 'app.py': 'try:\n    import gradio\nexcept ImportError:\n    raise\n' }, 'gradio'],
  ['an import of Streamlit', { 'app.py': 'import streamlit as st\n' }, 'streamlit'],
  ['the client of Gradio, which is no app', { 'app.py': 'from gradio_client import Client\n' }, undefined],
  ['another import', { 'app.py': FLASK, 'requirements.txt': 'flask\n' }, undefined],
  ['a requirement', { 'app.py': 'from ui import demo\n', 'requirements.txt': 'numpy\nGradio[oauth]>=5\n' }, 'gradio'],
  ['of Streamlit', { 'app.py': 'from ui import page\n', 'requirements.txt': 'streamlit==1.40\n' }, 'streamlit'],
  ['of the client', { 'app.py': FLASK, 'requirements.txt': 'gradio-client\ngradio_client\n' }, undefined],
  ['a requirement without an app', { 'main.py': FLASK, 'requirements.txt': 'gradio\n' }, undefined],
  ['both required: the import decides', { 'app.py': GRADIO, 'requirements.txt': 'streamlit\ngradio\n' }, 'gradio'],
  ['both required, and no import', { 'app.py': FLASK, 'requirements.txt': 'streamlit\ngradio\n' }, undefined],
])('what shows the kind of a Space: %s', (_, files, sdk) => {
  expect(sdkOf(Object.keys(files), (name) => files[name] ?? '')).toBe(sdk);
});
