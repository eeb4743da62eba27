/** Writes the tables of inputs and outputs from action.yml into README.md; with --check, it only compares. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Declared {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
}

const action = parse(readFileSync('action.yml', 'utf8')) as {
  inputs: Record<string, Declared>;
  outputs: Record<string, Declared>;
};
const cell = (text: string) => text.replaceAll('|', '\\|');

const inputs = Object.entries(action.inputs).map(
  ([name, { description, required, default: value }]) =>
    `| \`${name}\` | ${required ? '**required**' : value === undefined ? '' : `\`${value}\``} | ${cell(description)} |`,
);
const outputs = Object.entries(action.outputs).map(
  ([name, { description }]) => `| \`${name}\` | ${cell(description)} |`,
);

const tables: Readonly<Record<string, readonly string[]>> = {
  inputs: ['| input | default | |', '|---|---|---|', ...inputs],
  outputs: ['| output | |', '|---|---|', ...outputs],
};

const readme = readFileSync('README.md', 'utf8');
const written = Object.entries(tables).reduce(
  (text, [name, lines]) =>
    text.replace(new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(<!-- /${name} -->)`), `$1\n${lines.join('\n')}\n\n$2`),
  readme,
);

if (!process.argv.includes('--check')) writeFileSync('README.md', written);
else if (written !== readme) {
  console.error('The tables of README.md differ from action.yml. Fix: npm run docs');
  process.exitCode = 1;
}
