import { expect, test } from '@jest/globals';
import { ImagePaths } from '../../../../emulator/runtime/image/image-paths.ts';

test.each([
  ['/app', '/image/app'],
  ['/app/', '/image/app/'],
  ['/application', '/application'],
  ['--dir=/app/x --log /var/log', '--dir=/image/app/x --log /var/log'],
  ['/usr/bin:/app/bin', '/usr/bin:/image/app/bin'],
  ['sqlite:////app/x.db', 'sqlite:////image/app/x.db'],
  ['sqlite:///app/x.db', 'sqlite:///app/x.db'],
  ['http://app/app', 'http://app/app'],
  ['postgres://user:word@host:5432/app', 'postgres://user:word@host:5432/app'],
  ['/image/app/x', '/image/app/x'],
])('%s', (text, expected) => {
  expect(new ImagePaths('/image', ['/app']).mapText(text)).toBe(expected);
});
