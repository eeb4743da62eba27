import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { filesBelow, importsOf, packagesFrom } from './support/imports.ts';
import { holdToRooms, type Rooms } from './support/rooms.ts';

/** The rooms from the bottom up, and what each may know: only what stands before it. */
const ROOMS: Rooms = {
  base: [],
  marks: [],
  edges: ['base'],
  inputs: ['base', 'marks', 'edges'],
  source: ['base', 'marks', 'edges', 'inputs'],
  hub: ['base', 'edges', 'inputs', 'source'],
  space: ['base', 'marks', 'inputs', 'source', 'hub'],
  plan: ['base', 'marks', 'inputs', 'source', 'space'],
  apply: ['base', 'marks', 'inputs', 'source', 'hub', 'space', 'plan'],
  health: ['base', 'marks', 'edges', 'inputs', 'source', 'hub'],
  verify: ['base', 'inputs', 'source', 'hub', 'space', 'plan', 'health'],
  preconditions: ['base', 'marks', 'inputs', 'source', 'hub', 'space', 'health', 'verify'],
  report: ['base', 'edges', 'inputs', 'space', 'plan', 'health', 'verify'],
  rollback: ['base', 'marks', 'inputs', 'source', 'hub', 'space', 'plan', 'apply', 'health', 'verify', 'report'],
  modes: ['base', 'inputs', 'source', 'hub', 'space', 'plan', 'apply', 'verify', 'report', 'rollback'],
  'main.ts': ['base', 'marks', 'edges', 'inputs', 'source', 'hub', 'preconditions', 'report', 'modes'],
  'index.ts': ['edges', 'main.ts'],
  cli: ['base', 'marks', 'edges', 'inputs', 'source', 'hub', 'space', 'health', 'verify', 'report', 'main.ts'],
};
/** Where a program begins: the only files that hold the real machine. */
const STARTS = ['src/index.ts', 'src/cli/index.ts'];
/** The edge of the report: here it goes out to people. */
const REPORT_EDGE = ['src/report/reporter.ts', 'src/report/pull-request.ts', 'src/report/deployment-record.ts'];

const names = Object.keys(ROOMS);
const files = filesBelow('src');
const imports = importsOf(files);
/** Packages that the action or the command is made of. */
const bundled = [...new Set(STARTS.flatMap((entry) => packagesFrom(entry, imports)))].sort();
const architecture = readFileSync('docs/architecture.md', 'utf8');

test('every file of src is in a room, and only two are loose', () => {
  expect(files.map(roomOf).filter((room) => !names.includes(room))).toEqual([]);
  expect(files.filter((file) => file.split('/').length === 2)).toEqual(['src/index.ts', 'src/main.ts']);
});

holdToRooms(
  ROOMS,
  imports.filter(({ target }) => target.startsWith('src/')),
  roomOf,
);

test('the table of docs/architecture.md says the same', () => {
  const rows = [...architecture.matchAll(/^\| `([\w.]+)\/?` \| .* \| (.*) \|$/gm)];
  const documented = Object.fromEntries(
    rows.map(([, room = '', known = '']) => [room, known.split(', ').filter((name) => name !== '–')]),
  );
  expect(documented).toEqual(ROOMS);
});

test('the picture of docs/architecture.md has an arrow for each import that no longer way implies', () => {
  const drawn = [...architecture.matchAll(/^ {2}([\w.]+) --> ([\w.]+)$/gm)].map(([, from, to]) => `${from} --> ${to}`);
  expect(drawn.sort()).toEqual(
    names.flatMap((room) => direct(room).map((other) => `${nodeOf(room)} --> ${nodeOf(other)}`)).sort(),
  );
});

test('plan and report reach neither the Hub nor the edges', () => {
  expect(imports.filter(({ file, target }) => isPure(file) && /^src\/(hub|edges)\//.test(target))).toEqual([]);
});

test('only the edges touch the runner, the clock and the process', () => {
  const outside = files.filter((file) => !file.startsWith('src/edges/') && !STARTS.includes(file));
  expect(imports.filter(({ file, target }) => outside.includes(file) && target.startsWith('@actions/'))).toEqual([]);
  const touching = outside.filter((file) =>
    /Date\.now\(|new Date\(|performance\.now\(|setTimeout\(|setInterval\(|AbortSignal\.timeout\(|Math\.random\(|process\.(env|exit|stdout|on)\b|console\./.test(
      readFileSync(file, 'utf8'),
    ),
  );
  expect(touching).toEqual([]);
});

test('the plan and the report are pure: no await, no clock, no log', () => {
  const impure = files.filter(
    (file) =>
      isPure(file) &&
      /\basync\b|\bawait\b|clock|runner/.test(readFileSync(file, 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\//g, '')),
  );
  expect(impure).toEqual([]);
});

test('no decision reads the report: what can be done knows of it its events, and who takes them', () => {
  const known = imports.filter(
    ({ file, target }) => /^src\/(modes|rollback)\//.test(file) && target.startsWith('src/report/'),
  );
  expect([...new Set(known.map(({ target }) => target))].sort()).toEqual([
    'src/report/reporter.ts',
    'src/report/run-event.ts',
  ]);
});

test('the local Hub and the action know nothing of each other', () => {
  const crossing = [...imports, ...importsOf(filesBelow('emulator'))].filter(
    ({ file, target }) =>
      (file.startsWith('emulator/') && target.startsWith('src/')) ||
      (file.startsWith('src/') && target.startsWith('emulator/')),
  );
  expect(crossing).toEqual([]);
});

test('what is bundled is pinned, has its reason in CONTRIBUTING.md, and is not installed with the package', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as {
    readonly dependencies?: unknown;
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  expect(dependencies).toBeUndefined();
  const reasons = /In the bundles:\n([\s\S]*?)\n\n[A-Z]/.exec(readFileSync('CONTRIBUTING.md', 'utf8'))?.[1] ?? '';
  const explained = [...reasons.matchAll(/^\| (.*?) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
  );
  expect(bundled).toEqual(explained.sort());
  expect(explained.filter((name) => !/^\d/.test(devDependencies[name ?? ''] ?? ''))).toEqual([]);
});

test('Dependabot updates what is bundled on its own, and our tools on their own', () => {
  const { updates } = parse(readFileSync('.github/dependabot.yml', 'utf8')) as {
    readonly updates: readonly { readonly 'package-ecosystem': string; readonly groups?: Groups }[];
  };
  const groups = updates.find((update) => update['package-ecosystem'] === 'npm')?.groups ?? {};
  // The first group that fits takes a package.
  expect(Object.keys(groups)).toEqual(['bundled', 'tools', 'example']);
  expect(groups['bundled']).toEqual({ patterns: bundled });
  expect(groups['tools']).toEqual({ 'dependency-type': 'development' });
});

type Groups = Readonly<Record<string, unknown>>;

function roomOf(file: string): string {
  return file.split('/')[1] ?? file;
}

/** What a room knows and none of the rooms that it knows does: the other arrows follow from these. */
function direct(room: string): readonly string[] {
  const known = ROOMS[room] ?? [];
  return known.filter((other) => !known.some((between) => between !== other && reaches(between, other)));
}

function reaches(room: string, other: string): boolean {
  const known = ROOMS[room] ?? [];
  return known.includes(other) || known.some((next) => reaches(next, other));
}

/** Mermaid's nodes have no dots. */
function nodeOf(room: string): string {
  return room.replace('.ts', '');
}

function isPure(file: string): boolean {
  return /^src\/(plan|report)\//.test(file) && !REPORT_EDGE.includes(file);
}
