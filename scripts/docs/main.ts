/**
 * Writes what is derived: the tables of inputs and outputs of README.md from action.yml, spaceport.schema.json from the
 * table of inputs, docs/when-it-is-red.md from the table of known causes, docs/cli.md from the command, and what the
 * command keeps of action.yml and package.json. With --check, it only compares.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';
import { builtIn } from '../../src/inputs/config/explain.ts';
import { isInputName } from '../../src/inputs/config/forms.ts';
import { CAUSES_BY_SUBJECT } from '../../src/verify/causes/likely-cause.ts';
import { configSchema } from './schema.ts';

interface Declared {
  readonly description: string;
  readonly default?: string;
}

const action = parse(readFileSync('action.yml', 'utf8')) as {
  inputs: Record<string, Declared>;
  outputs: Record<string, Declared>;
};
const cell = (text: string) => text.replaceAll('|', '\\|');

/** That of action.yml, else of the code: what spaceport.yml may give has none in action.yml. */
const defaultOf = (name: string) => action.inputs[name]?.default ?? (isInputName(name) ? builtIn(name) : '');
const inputs = Object.entries(action.inputs).map(([name, { description }]) => {
  const value = name === 'space' ? '**required**' : defaultOf(name) && `\`${defaultOf(name)}\``;
  return `| \`${name}\` | ${value} | ${cell(description)} |`;
});
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

const causes = Object.entries(CAUSES_BY_SUBJECT).flatMap(([subject, known]) => [
  `## ${subject}`,
  '',
  ...known.flatMap(({ example, cause, fix }) => [
    `### \`${example}\``,
    '',
    `**Cause:** ${cause.replace(' $1', ' (named in the log)')}`,
    '',
    `**Fix:** ${fix}`,
    '',
  ]),
]);
const whenItIsRed = `# When it is red

A deployment to a Hugging Face Space that fails says why: in the annotation, in the job summary, and at the end of the log.
These are the errors that Spaceport knows, with a line as it stands in the log of a build or of an app. When yours is not
here, read the last lines of the log first: the cause is rarely in the last line, and often just above it.

${causes.join('\n')}`;

const ofInputs = Object.fromEntries(
  Object.entries(action.inputs).map(([name, { description }]) => [name, description]),
);
/** The command has no action.yml beside it: its help is made of these. */
const descriptions = `// biome-ignore-all format: written by a script
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: texts of action.yml
/** What action.yml says of each input. Written by \`npm run docs\`; change action.yml, not this file. */
export const INPUT_DESCRIPTIONS: Readonly<Record<string, string>> = ${JSON.stringify(ofInputs, undefined, 2)};
`;

/** Nor has it a package.json. */
const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
const ownVersion = `/** Of package.json. Written by \`npm run docs\`; change package.json, not this file. */
export const VERSION = '${version}';
`;

keep('spaceport.schema.json', `${JSON.stringify(configSchema(ofInputs), null, 2)}\n`);
keep('src/cli/input-descriptions.ts', descriptions);
keep('src/cli/version.ts', ownVersion);
// Only now: the page is made by the code that these descriptions are a part of.
const { cliPage } = await import('./cli-page.ts');
keep('docs/cli.md', cliPage());
keep('README.md', written);
keep('docs/when-it-is-red.md', `${whenItIsRed.trimEnd()}\n`);

function keep(file: string, text: string): void {
  if (!process.argv.includes('--check')) writeFileSync(file, text);
  else if (!existsSync(file) || text !== readFileSync(file, 'utf8')) {
    console.error(`${file} is not what it is derived from. Fix: npm run docs`);
    process.exitCode = 1;
  }
}
