import { expect, test } from '@jest/globals';
import { dockerfileWarnings } from '../../../../src/source/checks/dockerfile.ts';

const DEPLOYED = [
  'Dockerfile',
  'README.md',
  '.env.example',
  'package.json',
  'package-lock.json',
  'src/main.ts',
  'src/deep/er/file.ts',
  'with space.txt',
  'data/a.csv',
  'data/keep/b.csv',
];

const warn = (text: string, { ignore = '', port = 7860, untracked = [] as string[], kept = [] as string[] } = {}) =>
  dockerfileWarnings({
    dockerfile: text,
    dockerignore: ignore,
    deployed: DEPLOYED,
    appPort: port,
    existsUntracked: (path) => untracked.includes(path),
    isKept: (path) => kept.includes(path),
  });
const absent = (line: number, source: string) =>
  `Dockerfile, line ${line}: COPY of ${JSON.stringify(source)} will fail: it is not among the deployed files.`;
const ignored = (line: number, source: string) =>
  `Dockerfile, line ${line}: COPY of ${JSON.stringify(source)} will fail: .dockerignore leaves it out.`;

test.each([
  ['everything', 'COPY . .'],
  ['everything, said otherwise', 'COPY ./ /app/\nADD / /app'],
  ['a file', 'COPY package.json ./'],
  ['files', 'COPY package.json package-lock.json ./'],
  ['a glob', 'COPY package*.json ./'],
  [
    'a glob that may match nothing more',
    'COPY package.json yarn.loc* package-loc[k].json ./'.replace('yarn.loc* ', ''),
  ],
  ['a question mark', 'COPY src/mai?.ts ./'],
  ['a directory', 'COPY src /app/src'],
  ['a directory with a slash', 'COPY ./src/ /app/src/'],
  ['a directory in a directory', 'COPY src/deep/er ./'],
  ['a glob of directories', 'COPY s* ./'],
  ['a glob that matches nothing', 'COPY *.toml ./'],
  ['globs of what is optional', 'COPY package.json yarn.lock* pnpm-loc[k].yaml gcp-*.json ./'],
  ['a hidden file', 'COPY .env.example ./.env'],
  ['flags', 'COPY --chown=1000:1000 --chmod=755 --link package.json ./'],
  ['lower case', 'copy package.json ./'],
  ['the JSON form', 'COPY ["with space.txt", "package.json", "/app/"]'],
  ['the JSON form after a flag', 'COPY --chown=user ["with space.txt","/app/"]'],
  ['a line that goes on', 'COPY package.json \\\n  # a comment\n  src \\\n  ./'],
  ['another stage', 'FROM node AS build\nCOPY --from=build /app/dist ./dist\nCOPY --from=0 nothing ./'],
  ['an image', 'COPY --from=ghcr.io/astral-sh/uv:latest /uv /bin/'],
  ['a variable', `ARG FILE=x\nCOPY $FILE ./\nCOPY \${FILE}/y ./`],
  ['a download', 'ADD https://example.com/model.bin /models/\nADD git@github.com:a/b.git /b'],
  ['a checked download', 'ADD --checksum=sha256:abc https://example.com/x /x'],
  ['a here document', 'COPY <<EOF /app/conf\nCOPY nothing.txt /x\nEOF\nCOPY package.json ./'],
  ['two here documents', 'COPY <<A <<"B" /app/\nx\nA\ny\nB\nRUN true'],
  ['a here document of RUN', 'RUN <<EOT\nCOPY nothing.txt /x\nEOT'],
  ['a comment', '# COPY nothing.txt ./'],
  ['no COPY at all', 'FROM nginx'],
])('%s is copied without a warning', (_, text) => {
  expect(warn(text)).toEqual([]);
});

test.each([
  ['a missing file', 'FROM x\nCOPY requirements.txt ./', [absent(2, 'requirements.txt')]],
  ['one of several', 'COPY package.json nope.txt src ./', [absent(1, 'nope.txt')]],
  ['each of several', 'COPY a b ./\nADD c ./', [absent(1, 'a'), absent(1, 'b'), absent(2, 'c')]],
  ['a missing directory', 'COPY dist/ ./dist/', [absent(1, 'dist')]],
  ['a name that only begins like one', 'COPY src/main ./', [absent(1, 'src/main')]],
  ['another case', 'COPY Package.json ./', [absent(1, 'Package.json')]],
  ['the JSON form', 'COPY ["no pe.txt", "./"]', [absent(1, 'no pe.txt')]],
  ['after a here document', 'COPY <<EOF /x\nhello\nEOF\nCOPY nope ./', [absent(4, 'nope')]],
])('%s is reported with its line', (_, text, warnings) => {
  expect(warn(text)).toEqual(warnings);
});

test('an untracked file is named as such', () => {
  expect(warn('COPY dist ./dist', { untracked: ['dist'] })).toEqual([
    'Dockerfile, line 1: COPY of "dist" will fail: git does not track it, so it is not deployed. Name it in `include`.',
  ]);
});

test('a file that the Space keeps is there when the image is built', () => {
  expect(warn('COPY state.db other.db ./', { kept: ['state.db'] })).toEqual([absent(1, 'other.db')]);
});

test.each([
  ['a name', 'data', 'COPY data ./', [ignored(1, 'data')]],
  ['a name with a slash', '/data/', 'COPY data ./', [ignored(1, 'data')]],
  ['a name from here', './data', 'COPY data ./', [ignored(1, 'data')]],
  ['a glob', '*.json', 'COPY package.json ./', [ignored(1, 'package.json')]],
  ['a glob is rooted', '*.ts', 'COPY src ./', []],
  ['a glob of any depth', '**/*.csv', 'COPY data ./', [ignored(1, 'data')]],
  ['a part of a directory', 'data/keep', 'COPY data ./', []],
  ['everything', '*', 'COPY src ./', [ignored(1, 'src')]],
  ['an exception', '*\n!src', 'COPY src ./', []],
  ['an exception below', 'data\n!data/keep/b.csv', 'COPY data ./', []],
  ['an exception taken back', '*\n!src\nsrc', 'COPY src ./', [ignored(1, 'src')]],
  ['an exception that comes too early', '!src\n*', 'COPY src ./', [ignored(1, 'src')]],
  ['comments, blanks and Windows line ends', '# all\r\n\r\n  data  \r\n! data/a.csv\r\n', 'COPY data ./', []],
  ['nothing of it matters to a missing file', '*', 'COPY nope ./', [absent(1, 'nope')]],
])('.dockerignore: %s', (_, ignore, text, warnings) => {
  expect(warn(text, { ignore })).toEqual(warnings);
});

const exposes = (ports: string, port: number) =>
  `The Dockerfile exposes port ${ports}, and the Hub waits for port ${port}: set app_port in the README or in \`card\`.`;

test.each([
  ['the port of the Space', 'EXPOSE 7860', 7860, []],
  ['another one', 'EXPOSE 8000', 7860, [exposes('8000', 7860)]],
  ['another one, that the card names', 'EXPOSE 8000/tcp', 8000, []],
  ['several', 'EXPOSE 80 443\nexpose 9000', 7860, [exposes('80, 443, 9000', 7860)]],
  ['several with the right one', 'EXPOSE 80 7860', 7860, []],
  ['a variable', 'ARG PORT=8000\nEXPOSE $PORT', 7860, []],
  ['none', 'FROM x', 7860, []],
])('EXPOSE of %s', (_, text, port, warnings) => {
  expect(warn(text, { port })).toEqual(warnings);
});
