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

const warn = (
  text: string,
  { ignore = '', port = 7860, untracked = [] as string[], kept = [] as string[], variables = {} } = {},
) =>
  dockerfileWarnings({
    dockerfile: text,
    dockerignore: ignore,
    deployed: DEPLOYED,
    variables,
    appPort: port,
    whyNotDeployed: (path) => (untracked.includes(path) ? 'git does not know it.' : undefined),
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
  [
    'another stage, with another flag after it',
    'FROM a AS builder\nFROM b\nCOPY --from=builder --chown=1000 /app/dist ./',
  ],
  ['another stage, with another flag before it', 'FROM a AS b\nFROM c\nCOPY --chown=1000:1000 --from=b /dist ./'],
  ['another stage, with flags on both sides', 'FROM a AS b\nFROM c\nCOPY --link --from=b --chmod=0755 x y ./z/'],
  [
    'another stage on a line that goes on',
    'FROM a AS b\nFROM c\nCOPY \\\n  --chown=me \\\n  # why\n  --from=b \\\n  x ./',
  ],
  ['another stage in the JSON form', 'FROM a AS b\nFROM c\nCOPY --from=b --chown=me ["/x y", "./"]'],
  ['another stage, with a tab and lower case', 'from a as b\nfrom c\ncopy\t--parents\t--from=b\tx ./'],
  ['a stage that is not built', 'FROM a AS dev\nCOPY nothing ./\nFROM b\nCOPY package.json ./'],
  [
    'a stage that the default of an argument does not choose',
    'ARG DB=no\nFROM a AS db_yes\nCOPY dump.sql ./\nFROM a AS db_no\nFROM db_${DB}\nCOPY package.json ./',
  ],
  ['a later stage that begins with this one', 'FROM a\nONBUILD COPY nothing ./\nONBUILD ADD nothing /x'],
  ['a file named with quotes', 'COPY "package.json" \'src\' ./'],
  ['a path with dots in it', 'COPY ./src/../package.json ../src /app/'],
  ['other flags of COPY', 'COPY --exclude=*.md --parents src/./deep /app/'],
  ['a backtick that continues a line', '# escape=`\nFROM x\nCOPY package.json `\n  src `\n  C:\\app\\'],
  ['a here document with tabs', 'FROM x\nCOPY <<-"END" /a\n\tCOPY nothing /x\n\tEND\nCOPY src ./'],
  ['a here document of two words', "FROM x\nRUN python3 <<'PY' && echo\nCOPY nothing /x\nPY\nCOPY src ./"],
  ['a repository', 'FROM x\nADD https://github.com/a/b.git#v1 /b\nADD git://github.com/a/b /c'],
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
  [
    'in a stage that the last one copies from',
    'FROM a AS b\nCOPY x ./\nFROM c\nCOPY --chown=1 --from=b /x ./',
    [absent(2, 'x')],
  ],
  ['in a stage by number', 'FROM a\nCOPY x ./\nFROM c\nCOPY --from=0 /x ./', [absent(2, 'x')]],
  [
    'in a stage that a mount names',
    'FROM a AS b\nCOPY x ./\nFROM c\nRUN --mount=type=cache,target=/c --mount=from=b,target=/b ls',
    [absent(2, 'x')],
  ],
  ['in a stage of an argument', 'ARG V=b\nFROM a AS b\nCOPY x ./\nFROM ${V:-c}', [absent(3, 'x')]],
  [
    'in a stage of an argument that no variable has',
    'ARG toString=b\nFROM a AS b\nCOPY x ./\nFROM ${toString}',
    [absent(3, 'x')],
  ],
  ['beside flags', 'COPY --chown=1000 --link nope ./', [absent(1, 'nope')]],
  ['a word that only looks like a flag', 'COPY src --from=b ./', [absent(1, '--from=b')]],
  ['after a here document', 'COPY <<EOF /x\nhello\nEOF\nCOPY nope ./', [absent(4, 'nope')]],
])('%s is reported with its line', (_, text, warnings) => {
  expect(warn(text)).toEqual(warnings);
});

test('a variable of the Space chooses the stage', () => {
  const text = 'ARG DB=no\nFROM a AS db_yes\nCOPY dump.sql ./\nFROM a AS db_no\nFROM db_${DB}\n';
  expect(warn(text, { variables: { DB: 'yes' } })).toEqual([absent(3, 'dump.sql')]);
});

test('why a file that is there is not deployed is said', () => {
  expect(warn('COPY dist ./dist', { untracked: ['dist'] })).toEqual([
    'Dockerfile, line 1: COPY of "dist" will fail: git does not know it.',
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
  ['another one in a stage that is only copied from', 'FROM a AS b\nEXPOSE 3000\nFROM c\nCOPY --from=b x ./', 7860, []],
  ['another one in a stage that it begins with', 'FROM a AS b\nEXPOSE 3000\nFROM b', 7860, [exposes('3000', 7860)]],
])('EXPOSE of %s', (_, text, port, warnings) => {
  expect(warn(text, { port })).toEqual(warnings);
});

const comment = (line: number, text: string, keyword: string) =>
  `Dockerfile, line ${line}: Docker takes ${JSON.stringify(text)} for arguments of ${keyword}: a comment needs a line of its own.`;

test.each([
  ['COPY package.json ./ # install the deps of app', '# install the deps of app', 'COPY'],
  ['ADD package.json ./ # all', '# all', 'ADD'],
  ['EXPOSE 7860 # or 8000', '# or 8000', 'EXPOSE'],
  ['WORKDIR /app # home', '# home', 'WORKDIR'],
  ['USER 1000 # not root', '# not root', 'USER'],
  ['FROM python:3.12 # slim is too small', '# slim is too small', 'FROM'],
  ['CMD ["python", "app.py"] # start', '# start', 'CMD'],
])('a comment in the middle of a line is one sentence: %s', (line, text, keyword) => {
  expect(warn(`# all\n${line}`)).toEqual([comment(2, text, keyword)]);
});

test.each([
  'RUN pip install x # quietly',
  'CMD python app.py # start',
  'LABEL a="b" # c',
  'COPY package.json /app/#all',
  'ENV TITLE="one # two"',
  'COPY package.json \\\n  # why\n  ./',
])('a shell reads this comment, or it is none: %s', (line) => {
  expect(warn(line)).toEqual([]);
});
