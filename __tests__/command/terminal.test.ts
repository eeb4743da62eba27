import { expect, test } from '@jest/globals';
import { dockerApp, healthyServer } from '../scenarios/support/apps.ts';
import { openCommandLab } from './support/command-lab.ts';
import { runOnTerminal, typeOnce } from './support/on-terminal.ts';

const GREEN = '\u001b[32m';
const ERASE = '\r\u001b[2K';
const PAID = ['--hardware', 'cpu-upgrade'];

test.concurrent('a terminal has colours, a line that changes, and folded lists; NO_COLOR takes the colours', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { lab, flags, env } = story;
  const options = { cwd: lab.workspace.directory, env };
  const deployed = await runOnTerminal(['deploy', ...flags], options);
  expect(deployed.exitCode).toBe(0);
  expect(deployed.raw).toContain(GREEN);
  expect(deployed.raw).toContain(ERASE);
  expect(deployed.raw).toMatch(/⠋|⠙|⠹/);
  expect(deployed.lines.filter((line) => /folded$/.test(line)).length).toBeGreaterThan(0);
  expect(deployed.lines.find((line) => line.startsWith('✓'))).toMatch(/^✓ deployed in /);
  // What GitHub's runner would obey is not for a person.
  expect(deployed.raw).not.toMatch(/::(group|endgroup|add-mask|stop-commands)/);

  const plain = await runOnTerminal(['plan', ...flags], { ...options, env: { ...env, NO_COLOR: '1' } });
  expect(plain.exitCode).toBe(0);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control sequences are what is looked for
  expect(plain.raw).not.toMatch(/\u001b\[[\d;]*m/);
  expect(plain.raw).not.toContain('hf_me_write');
});

test.concurrent('what costs money asks: no leaves everything, and so do Ctrl-C and Ctrl-D; yes goes on', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { lab, flags, env } = story;
  const ask = (typed: string) =>
    runOnTerminal(['deploy', ...flags, ...PAID], {
      cwd: lab.workspace.directory,
      env,
      answer: typeOnce(/Go on\?/, typed),
    });
  for (const no of ['n', '\r', '\u0003', '\u0004']) {
    const refused = await ask(no);
    expect(refused.exitCode).toBe(1);
    expect(refused.lines.join('\n')).toMatch(/Nothing was done, because the answer was no\./);
    expect(lab.hub.space('me/app')).toBeUndefined();
  }
  const agreed = await ask('y');
  expect(agreed.lines.join('\n')).toMatch(/done: create the Space: docker, private, cpu-upgrade/);
  expect(lab.hub.space('me/app')).toBeDefined();
});

test.concurrent('Ctrl-C during a deployment ends it, and it says so', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { lab, flags, env } = story;
  const options = { cwd: lab.workspace.directory, env };
  const once = await runOnTerminal(['deploy', ...flags], { ...options, answer: typeOnce(/BUILDING/, '\u0003') });
  expect({ exitCode: once.exitCode, told: once.lines.some((line) => line.includes('✗ Cancelled')) }).toEqual({
    exitCode: 1,
    told: true,
  });
});

test.concurrent('rollback shows the versions, then asks with both commits; a no keeps the newest', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { lab, flags, env } = story;
  expect((await story.call('deploy')).exitCode).toBe(0);
  const first = await lab.space().head();
  lab.workspace.commit({ 'server.js': healthyServer('2') });
  expect((await story.call('deploy')).exitCode).toBe(0);
  const second = await lab.space().head();
  const [one, two] = [first.slice(0, 7), second.slice(0, 7)];
  const question = `Replace commit ${two}, the newest of me/app (staging), by its earlier version ${one}?`;
  const options = { cwd: lab.workspace.directory, env };
  const refused = await runOnTerminal(['rollback', ...flags], { ...options, answer: typeOnce(/Replace commit/, 'n') });
  const text = refused.lines.join('\n');
  expect({ exitCode: refused.exitCode, head: await lab.space().head() }).toEqual({ exitCode: 1, head: second });
  expect(text.replaceAll(/\s*│?\s+/g, ' ')).toContain(question);
  expect(text.indexOf(`To be restored: ${one}`)).toBeGreaterThan(0);
  expect(text.indexOf(`To be restored: ${one}`)).toBeLessThan(text.indexOf('Replace commit'));
});

test.concurrent('remove asks, and says which Space; a no keeps it, a yes deletes it', async () => {
  await using story = await openCommandLab(dockerApp('1'));
  const { lab, flags, env } = story;
  expect((await story.call('deploy')).exitCode).toBe(0);
  const remove = (typed: string) =>
    runOnTerminal(['remove', ...flags], {
      cwd: lab.workspace.directory,
      env,
      answer: typeOnce(/Delete the Space me\/app \(staging\)\? It cannot be restored\./, typed),
    });
  expect((await remove('n')).exitCode).toBe(1);
  expect(lab.hub.space('me/app')).toBeDefined();
  const removed = await remove('y');
  expect({
    exitCode: removed.exitCode,
    last: removed.lines.find((line) => line.startsWith('✓'))?.replace(/ in .*/, ''),
  }).toEqual({ exitCode: 0, last: '✓ removed' });
  expect(lab.hub.space('me/app')).toBeUndefined();
});
