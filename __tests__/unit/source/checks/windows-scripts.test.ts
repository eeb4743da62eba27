import { expect, test } from '@jest/globals';
import { windowsScripts } from '../../../../src/source/checks/windows-scripts.ts';

const check = (dockerfile: string, files: Readonly<Record<string, string>>) =>
  windowsScripts(
    dockerfile,
    new Map(
      Object.entries(files).map(([path, text]) => {
        const bytes = Buffer.from(text);
        return [path, { path, size: bytes.length, blobId: '', content: { kind: 'memory', bytes } }];
      }),
    ),
  );

const CRLF = '#!/bin/sh\r\nexec app\r\n';
const warning = (path: string) =>
  `${JSON.stringify(path)} has the line ends of Windows, and the Dockerfile names it: in the container it cannot start ("no such file or directory"). Save it with LF, and put "*.sh text eol=lf" into .gitattributes.`;

test.each<[string, string, string]>([
  ['CMD in JSON', 'COPY . .\nCMD ["./start.sh"]', 'start.sh'],
  ['CMD in words', 'COPY . .\nCMD sh start.sh --fast', 'start.sh'],
  ['ENTRYPOINT', 'COPY bin/run /run\nENTRYPOINT ["/run"]', 'bin/run'],
  ['RUN', 'RUN chmod +x /app/setup && /app/setup', 'tools/setup'],
  ['a path in the image', 'CMD ["/app/docker-entrypoint.sh"]', 'docker/docker-entrypoint.sh'],
])('a script of Windows that %s names is warned about', async (_, dockerfile, path) => {
  expect(await check(dockerfile, { [path]: CRLF, 'other.txt': CRLF })).toEqual([warning(path)]);
});

test('a shell script without a first line that names its shell', async () => {
  expect(await check('CMD ["sh", "start.sh"]', { 'start.sh': 'exec app\r\n' })).toEqual([warning('start.sh')]);
});

test.each<[string, string, string, string]>([
  ['with line ends of Linux', 'CMD ["./start.sh"]', 'start.sh', '#!/bin/sh\nexec app\n'],
  ['with one line end of Windows further down', 'CMD ["./start"]', 'start', '#!/bin/sh\nprintf "a\r\n"\n'],
  ['that the Dockerfile rids of them', 'RUN sed -i \'s/\\r$//\' start.sh\nCMD ["./start.sh"]', 'start.sh', CRLF],
  ['that dos2unix rids of them', 'RUN dos2unix start.sh\nCMD ["./start.sh"]', 'start.sh', CRLF],
  ['that the Dockerfile does not name', 'COPY . .', 'start.bat.sh', CRLF],
  ['that is no script', 'CMD ["node", "server.js"]', 'server.js', 'x\r\n'],
])('a file %s is nothing to speak of', async (_, dockerfile, path, text) => {
  expect(await check(dockerfile, { [path]: text })).toEqual([]);
});
