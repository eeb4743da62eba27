import { expect, test } from '@jest/globals';
import { Memo } from '../../../emulator/git/memo.ts';

function asking(answers: Record<string, string>) {
  const asked: string[] = [];
  const memo = new Memo<string>(2);
  const get = (key: string) =>
    memo.get(key, async () => {
      asked.push(key);
      const answer = answers[key];
      if (answer === undefined) throw new Error(`no ${key}`);
      return answer;
    });
  return { asked, memo, get };
}

test('asks once for each key, whoever asks meanwhile', async () => {
  const { asked, get } = asking({ a: '1', b: '2' });
  expect(await Promise.all([get('a'), get('a'), get('b'), get('a')])).toEqual(['1', '1', '2', '1']);
  expect(asked).toEqual(['a', 'b']);
});

test('keeps the newest only', async () => {
  const { asked, get } = asking({ a: '1', b: '2', c: '3' });
  for (const key of ['a', 'b', 'c', 'b', 'a']) await get(key);
  expect(asked).toEqual(['a', 'b', 'c', 'a']);
});

test('keeps no error, and nothing that is to be forgotten', async () => {
  const answers: Record<string, string> = {};
  const { asked, memo, get } = asking(answers);
  await expect(get('a')).rejects.toThrow('no a');
  answers['a'] = '1';
  expect([await get('a'), await get('a')]).toEqual(['1', '1']);
  memo.forget('a');
  expect(await get('a')).toBe('1');
  expect(asked).toEqual(['a', 'a', 'a']);
});
