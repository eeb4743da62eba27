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
  ['colorFrom', 'orange', COLOURS],
  ['colorTo', 'Red', COLOURS],
  ['sdk', 'streamlit', 'must be one of docker, gradio, static'],
  ['app_port', 'http', 'must be a port, 1 to 65535'],
  ['app_port', 0, 'must be a port, 1 to 65535'],
  ['app_port', '0', 'must be a port, 1 to 65535'],
  ['app_port', 65_536, 'must be a port, 1 to 65535'],
  ['app_port', 80.5, 'must be a port, 1 to 65535'],
  ['base_path', 'docs', 'must start with /'],
  ['short_description', 'x'.repeat(61), 'must have at most 60 characters, it has 61'],
])('%s: %j', (key, value, rule) => {
  expect(cardProblems({ [key]: value })).toEqual([
    {
      where: 'README.md front matter',
      what: `${key} ${rule}.`,
      fix: `It is ${JSON.stringify(value)}; change it in the README or in \`card\`.`,
    },
  ]);
});

test.each([
  ['a port as text', { app_port: '7860' }],
  ['the keys of a template that nobody filled in', { title: null, colorFrom: null, sdk: '', app_port: null }],
  ['a word in place of a truth value', { pinned: 'no', fullWidth: 'yes', hf_oauth: 1 }],
  ['one name in place of a list', { models: 'a/b', tags: 'x', license: 1 }],
  ['a number in place of a text', { title: 2048, short_description: 7, base_path: 1 }],
  ['a word that is not known yet', { header: 'large', startup_duration_timeout: 'soon' }],
])('%s is left to the Hub', (_, card) => {
  expect(cardProblems(card)).toEqual([]);
});

test('every problem is reported', () => {
  expect(cardProblems({ colorFrom: 1, sdk: 'docker', app_port: [] }).map(({ what }) => what)).toEqual([
    `colorFrom ${COLOURS}.`,
    'app_port must be a port, 1 to 65535.',
  ]);
});
