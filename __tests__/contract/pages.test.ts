import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const pages = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Readonly<Record<string, string>> };
/** Where the repository keeps what its pages name. */
const OURS = /^(?:src|emulator|scripts|docs|examples|__tests__|\.github)\//;
/** It names files of the Hub's own repositories. */
const CONTRACT = 'docs/hub-contract.md';

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  test('every link leads to a file, and to a heading in it', () => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, to = '']) => to);
    expect(links.filter((to) => !leadsSomewhere(page, to))).toEqual([]);
  });

  test('every file that it names is there', () => {
    const named = [...text.matchAll(/`([\w./-]+)`/g)]
      .map(([, name = '']) => name)
      .filter((name) => page !== CONTRACT && OURS.test(name));
    expect(named.filter((name) => !existsSync(name) && !existsSync(join(dirname(page), name)))).toEqual([]);
  });

  test('every command of npm that it names is there', () => {
    const run = [...text.matchAll(/\bnpm run ([\w:-]+)/g)].map(([, name = '']) => name);
    const own = Object.keys(page.startsWith('examples/') ? scriptsOf(page) : scripts);
    expect(run.filter((name) => !own.includes(name))).toEqual([]);
  });
});

test('every test that the threat model names is there', () => {
  const lines = readFileSync('docs/threat-model.md', 'utf8').split('\n');
  const named = lines
    .flatMap((line) => /^- .*\(([^()]*(?:\[[^\]]*\]\([^)]*\))?)\)$/.exec(line)?.[1]?.split(/[,;:] /) ?? [])
    .filter((name) => /^(?:unit\/|contract\/)?[a-z][\w/-]*$/.test(name));
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter((name) => !testFiles(name).some(existsSync))).toEqual([]);
});

/** A name without a folder is one of the stories. */
function testFiles(name: string): readonly string[] {
  return [`__tests__/${name}.test.ts`, `__tests__/scenarios/${name}.test.ts`];
}

function leadsSomewhere(page: string, to: string): boolean {
  const [path = '', anchor] = to.split('#');
  const target = path === '' ? page : join(dirname(page), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || anchorsOf(readFileSync(target, 'utf8')).includes(anchor);
}

/** As GitHub makes them of headings. */
function anchorsOf(markdown: string): readonly string[] {
  return [...markdown.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(/\s/g, '-'),
  );
}

/** The commands of an example are those of its own package. */
function scriptsOf(page: string): Readonly<Record<string, string>> {
  const manifest = join(dirname(page), 'package.json');
  if (!existsSync(manifest)) return scripts;
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { scripts: Readonly<Record<string, string>> }).scripts;
}
