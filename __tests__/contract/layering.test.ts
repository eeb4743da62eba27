import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from '@jest/globals';

/** The order of the data is the order of the layers: each may import from those before it, and from its own. */
const LAYERS = [
  'base',
  'marks',
  'edges',
  'inputs',
  'source',
  'hub',
  'space',
  'plan',
  'apply',
  'health',
  'verify',
  'preconditions',
  'report',
  'rollback',
  'modes',
  'main.ts',
  'index.ts',
];

/** The edge of the report: what people read goes out here. */
const REPORT_EDGE = ['src/report/reporter.ts', 'src/report/pull-request.ts'];

const files = filesBelow('src');
const imports = files.flatMap((file) => importsOf(file).map((target) => ({ file, target })));

test('every file of src belongs to a layer', () => {
  expect(files.map(layerOf).filter((layer) => !LAYERS.includes(layer))).toEqual([]);
});

test('arrows point one way', () => {
  const upward = imports.filter(({ file, target }) => {
    const [from, to] = [layerOf(file), layerOf(target)];
    return target.startsWith('src/') && LAYERS.indexOf(to) > LAYERS.indexOf(from);
  });
  expect(upward).toEqual([]);
});

test('plan and report reach neither the Hub nor the edges', () => {
  const reaching = imports.filter(({ file, target }) => isPure(file) && /^src\/(hub|edges)\//.test(target));
  expect(reaching).toEqual([]);
});

test('only the edges touch the runner, the clock and the process', () => {
  const outside = files.filter((file) => !file.startsWith('src/edges/') && file !== 'src/index.ts');
  expect(imports.filter(({ file, target }) => outside.includes(file) && target.startsWith('@actions/'))).toEqual([]);
  const touching = outside.filter((file) =>
    /Date\.now\(|new Date\(|setTimeout\(|Math\.random\(|process\.(env|exit|stdout|on)\b|console\./.test(
      readFileSync(file, 'utf8'),
    ),
  );
  expect(touching).toEqual([]);
});

test('the plan is pure: no await, no clock, no log', () => {
  const impure = files.filter(
    (file) =>
      isPure(file) &&
      /\basync\b|\bawait\b|clock|runner/.test(readFileSync(file, 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '')),
  );
  expect(impure).toEqual([]);
});

test('the local Hub and the action know nothing of each other', () => {
  const crossing = [
    ...imports,
    ...filesBelow('emulator').flatMap((file) => importsOf(file).map((target) => ({ file, target }))),
  ].filter(
    ({ file, target }) =>
      (file.startsWith('emulator/') && target.startsWith('src/')) ||
      (file.startsWith('src/') && target.startsWith('emulator/')),
  );
  expect(crossing).toEqual([]);
});

test('what the bundle imports is a dependency, and every dependency is imported', () => {
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as { dependencies: Record<string, string> };
  const packages = imports
    .flatMap(({ target }) => /^(@[^/]+\/[^/]+|[^./@][^/]*)/.exec(target.startsWith('src/') ? '' : target)?.[1] ?? [])
    .filter((name) => !name.startsWith('node:'));
  expect([...new Set(packages)].sort()).toEqual(Object.keys(dependencies).sort());
  expect(Object.values(dependencies).filter((version) => !/^\d/.test(version))).toEqual([]);
});

function filesBelow(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.c?ts$/.test(file))
    .map((file) => join(directory, file));
}

function importsOf(file: string): string[] {
  const targets = [
    ...readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport(?:\((?:\/\*.*?\*\/)?)?|\brequire\()\s*'([^'\s,]+)'/g),
  ].map(([, target = '']) => target);
  return targets.map((target) => (target.startsWith('.') ? normalize(join(dirname(file), target)) : target));
}

function isPure(file: string): boolean {
  return /^src\/(plan|report)\//.test(file) && !REPORT_EDGE.includes(file);
}

function layerOf(file: string): string {
  return file.split('/')[1] ?? file;
}
