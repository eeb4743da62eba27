import { expect, test } from '@jest/globals';
import { replacePort } from '../../../../emulator/runtime/app/app-command.ts';

test.each([
  ['7860', '1'],
  ['uvicorn app:app --host 0.0.0.0 --port 7860', 'uvicorn app:app --host 0.0.0.0 --port 1'],
  ['--server.port=7860', '--server.port=1'],
  ['gunicorn -b 0.0.0.0:7860 app:app', 'gunicorn -b 0.0.0.0:1 app:app'],
  ['17860 78601 v7860 7860.5', '17860 78601 v7860 7860.5'],
])('%s', (text, expected) => {
  expect(replacePort(text, 7860, 1)).toBe(expected);
});
