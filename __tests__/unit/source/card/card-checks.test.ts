import { expect, test } from '@jest/globals';
import { cardProblems } from '../../../../src/source/card/card-checks.ts';

test('a card with everything right', () => {
  expect(
    cardProblems({
      title: 'A',
      emoji: '🚀',
      colorFrom: 'red',
      colorTo: 'gray',
      sdk: 'docker',
      app_port: 65_535,
      app_file: 'app.py',
      base_path: '/docs',
      short_description: '🚀'.repeat(60),
      startup_duration_timeout: '1h',
      license: ['mit', 'apache-2.0'],
      models: [],
      datasets: ['a/b'],
      tags: ['x'],
      preload_from_hub: ['a/b'],
      pinned: false,
      fullWidth: true,
      hf_oauth: true,
      hf_oauth_scopes: ['email'],
      disable_embedding: false,
      header: 'mini',
      python_version: 3.1,
      custom_headers: { a: 'b' },
      toString: 'a key like any other',
      constructor: 'and so is this',
    }),
  ).toEqual([]);
});

const COLOURS = 'must be one of red, yellow, green, blue, indigo, purple, pink, gray';

test.each([
  ['title', 2048, 'must be text'],
  ['emoji', null, 'must be text'],
  ['license', 1, 'must be a list of texts'],
  ['colorFrom', 'orange', COLOURS],
  ['colorTo', 'Red', COLOURS],
  ['sdk', 'streamlit', 'must be one of docker, gradio, static'],
  ['app_port', '8000', 'must be a port, 1 to 65535'],
  ['app_port', 0, 'must be a port, 1 to 65535'],
  ['app_port', 65_536, 'must be a port, 1 to 65535'],
  ['app_port', 80.5, 'must be a port, 1 to 65535'],
  ['app_file', true, 'must be text'],
  ['base_path', 'docs', 'must start with /'],
  ['short_description', 'x'.repeat(61), 'must have at most 60 characters, it has 61'],
  ['short_description', ['x'], 'must be text'],
  ['startup_duration_timeout', 'soon', 'must be a duration, as 30m or 1h'],
  ['models', 'a/b', 'must be a list of texts'],
  ['tags', [1], 'must be a list of texts'],
  ['pinned', 'yes', 'must be true or false'],
  ['header', 'large', 'must be mini or default'],
])('%s: %j', (key, value, rule) => {
  expect(cardProblems({ [key]: value })).toEqual([
    {
      where: 'README.md front matter',
      what: `${key} ${rule}.`,
      fix: `It is ${JSON.stringify(value)}; change it in the README or in \`card\`.`,
    },
  ]);
});

test('every problem is reported', () => {
  expect(cardProblems({ title: 1, sdk: 'docker', header: 2 }).map(({ what }) => what)).toEqual([
    'title must be text.',
    'header must be mini or default.',
  ]);
});
