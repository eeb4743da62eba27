import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { parseSync } from '@swc/core';
import { filesBelow } from './support/imports.ts';

const MOST_PARAMETERS = 4;
const MOST_LINES = 60;
const MOST_CONDITIONAL_SPREADS = 5;

interface Found {
  readonly where: string;
  readonly parameters: number;
  readonly lines: number;
}

type Node = Readonly<Record<string, unknown>>;

const files = filesBelow('src').filter((file) => file.endsWith('.ts'));
const functions = files.flatMap(functionsIn);

test('no function has more than four parameters', () => {
  expect(functions.length).toBeGreaterThan(300);
  expect(functions.filter(({ parameters }) => parameters > MOST_PARAMETERS)).toEqual([]);
});

test('no function is longer than 60 lines', () => {
  expect(functions.filter(({ lines }) => lines > MOST_LINES)).toEqual([]);
});

test('what may be absent is `T | undefined`, not a conditional spread', () => {
  const spreads = files.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\? \{\} : \{|: \{\}\)/g)].map(() => file),
  );
  expect(spreads.length).toBeLessThanOrEqual(MOST_CONDITIONAL_SPREADS);
});

test('stages are spelled in one table, and the kinds of steps are not read by patterns', () => {
  const stage =
    /['"`/|(](?:RUNNING|BUILDING|RUNNING_BUILDING|APP_STARTING|PAUSED|SLEEPING|STOPPED|NO_APP_FILE|[A-Z]+_ERROR)\b/;
  const texts = files
    .filter((file) => file !== 'src/hub/stages.ts')
    .map((file) => ({ file, code: withoutComments(readFileSync(file, 'utf8')) }));
  expect(texts.filter(({ code }) => stage.test(code)).map(({ file }) => file)).toEqual([]);
  expect(texts.filter(({ code }) => /\.test\((?:step\.)?kind\)/.test(code)).map(({ file }) => file)).toEqual([]);
});

/** Every function of a file, by its first line. */
function functionsIn(file: string): readonly Found[] {
  const text = readFileSync(file, 'utf8');
  const program = parseSync(text, { syntax: 'typescript', target: 'es2024' });
  // Offsets are of bytes, and go on from one parsed file to the next.
  const bytes = Buffer.from(text);
  const start = program.span.start - offsetOfFirstToken(text);
  const found: Found[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) visit(each);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const node = value as Node;
    const parameters = parametersOf(node);
    if (parameters !== undefined) found.push({ ...placeOf(node), parameters });
    Object.values(node).forEach(visit);
  };
  const placeOf = (node: Node) => {
    const span = node['span'] as { start: number; end: number };
    const before = bytes.subarray(0, span.start - start).toString();
    const own = bytes.subarray(span.start - start, span.end - start).toString();
    return { where: `${file}:${before.split('\n').length}`, lines: own.trim().split('\n').length };
  };
  visit(program);
  return found;
}

/** The program of swc begins at its first token, not at the start of the file. */
function offsetOfFirstToken(text: string): number {
  const code = /^(?:\s|\/\*[\s\S]*?\*\/|\/\/[^\n]*\n)*/.exec(text)?.[0] ?? '';
  return Buffer.byteLength(code);
}

function parametersOf(node: Node): number | undefined {
  switch (node['type']) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      return (node['params'] as unknown[]).length;
    case 'ClassMethod':
    case 'MethodProperty':
      return (
        ((node['function'] as Node | undefined)?.['params'] as unknown[] | undefined)?.length ??
        (node['params'] as unknown[] | undefined)?.length
      );
    case 'Constructor':
      return (node['params'] as unknown[]).length;
    default:
      return undefined;
  }
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
}
