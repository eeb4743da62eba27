import { expect, test } from '@jest/globals';
import { parseDockerfile } from '../../../../emulator/runtime/docker/parse-dockerfile.ts';

/** The steps of the only stage, without their texts. */
function steps(...lines: string[]) {
  const { stages } = parseDockerfile(['FROM x', ...lines].join('\n'));
  return stages.flatMap((stage) => stage.steps).map(({ text: _, ...step }) => step);
}

const COPY = {
  kind: 'copy',
  from: undefined,
  chmod: undefined,
  parents: false,
  exclude: [],
  heredocs: [],
  sources: ['a'],
  destination: 'b',
};

test.each([
  ['COPY --from=s --chown=1000 a b', { from: 's' }],
  ['COPY --chown=1000:1000 --from=s a b', { from: 's' }],
  ['COPY --link --chmod=755 --from=s a b', { from: 's', chmod: '755' }],
  ['COPY --from=0   --parents  a   b', { from: '0', parents: true }],
  ['copy\t--chown=$U\t--from=s\ta\tb', { from: 's' }],
  ['COPY --from=s --chown=me ["a","b"]', { from: 's' }],
  ['COPY [ "a b" , "b" ]', { sources: ['a b'] }],
  ['COPY --exclude=*.md --exclude=t a b', { exclude: ['*.md', 't'] }],
  ['COPY \\\n  --chown=me \\\n\n  # why\n  --from=s \\\n  a b', { from: 's' }],
  ['COPY "a" b', { sources: ['"a"'] }],
  ['COPY a c b', { sources: ['a', 'c'] }],
  ['ADD --checksum=sha256:1 https://x/y b', { kind: 'add', sources: ['https://x/y'] }],
  [
    'COPY <<EOF b\n  one $X\n# two\nEOF',
    { sources: [], heredocs: [{ name: 'EOF', content: '  one $X\n# two\n', literal: false }] },
  ],
  ['COPY <<-"E" a b\n\tone\n\tE', { sources: ['a'], heredocs: [{ name: 'E', content: 'one\n', literal: true }] }],
  [
    "COPY <<A <<'B' b\n1\nA\n2\nB",
    {
      sources: [],
      heredocs: [
        { name: 'A', content: '1\n', literal: false },
        { name: 'B', content: '2\n', literal: true },
      ],
    },
  ],
])('%j', (line, expected) => {
  expect(steps(line)).toEqual([{ ...COPY, ...expected }]);
});

const shell = (text: string) => ({ kind: 'run', command: { form: 'shell', text }, mounts: [] });

test.each([
  ['RUN a && \\\n  # why\n\n  b', [shell('a &&   b')]],
  ['RUN echo a#b # no comment', [shell('echo a#b # no comment')]],
  ['RUN a \\\\', [shell('a \\\\')]],
  ['RUN a \\ \n b', [shell('a  b')]],
  ['RUN ["a", "b c"]', [{ kind: 'run', command: { form: 'exec', words: ['a', 'b c'] }, mounts: [] }]],
  ["RUN ['a']", [shell("['a']")]],
  ['RUN <<EOF\none\n  two\nEOF\nRUN three', [shell('one\n  two\n'), shell('three')]],
  ['RUN <<-EOF\n\tone\n\tEOF', [shell('one\n')]],
  ['RUN python3 <<EOF > /x && b\nprint(1)\nEOF', [shell('python3 <<EOF > /x && b\nprint(1)\nEOF')]],
  ['RUN cat <<< text', [shell('cat <<< text')]],
  [
    'RUN --mount=type=cache,target=/c --network=none --mount=type=bind,source=a,target=b,rw x',
    [
      {
        kind: 'run',
        command: { form: 'shell', text: 'x' },
        mounts: [
          { type: 'cache', target: '/c' },
          { type: 'bind', source: 'a', target: 'b', rw: 'true' },
        ],
      },
    ],
  ],
  [
    'ENV A=1 B="two words" C=three\\ words D=\'$A\' \\\n  E=',
    [
      {
        kind: 'env',
        pairs: [
          ['A', '1'],
          ['B', '"two words"'],
          ['C', 'three\\ words'],
          ['D', "'$A'"],
          ['E', ''],
        ],
      },
    ],
  ],
  ['ENV A the rest = of it', [{ kind: 'env', pairs: [['A', 'the rest = of it']] }]],
  ['ARG A B=2', [{ kind: 'arg', pairs: [['A', undefined], ['B', '2']] }]], // biome-ignore format: one line is easier to read
  ['CMD [ "a", "b" ]', [{ kind: 'cmd', command: { form: 'exec', words: ['a', 'b'] } }]],
  ['CMD a "b c"', [{ kind: 'cmd', command: { form: 'shell', text: 'a "b c"' } }]],
  ['SHELL ["/bin/bash", "-o", "pipefail", "-c"]', [{ kind: 'shell', words: ['/bin/bash', '-o', 'pipefail', '-c'] }]],
  ['VOLUME /a /b\nVOLUME ["/c"]', [{ kind: 'volume', words: ['/a', '/b'] }, { kind: 'volume', words: ['/c'] }]], // biome-ignore format: one line is easier to read
  ['HEALTHCHECK --interval=5s CMD x\nEXPOSE 80\nUSER me\nLABEL a=b\nSTOPSIGNAL TERM', Array(5).fill({ kind: 'other' })],
  ['ONBUILD COPY --chown=me --from=s a b', [{ kind: 'onbuild', step: { text: 'COPY a b', ...COPY, from: 's' } }]],
  ['\n\n  # a comment\n   RUN   x   \n', [shell('x')]],
])('%j', (lines, expected) => {
  expect(steps(lines)).toEqual(expected);
});

test('the escape directive stands before everything else', () => {
  const { stages } = parseDockerfile('# syntax=docker/dockerfile:1\n# escape=`\nFROM x\nRUN a `\n  b c:\\\nRUN d');
  expect(stages[0]?.steps.map(({ text }) => text)).toEqual(['RUN a b c:\\', 'RUN d']);
});

test('stages have names in small letters, and images as they are written', () => {
  const { args, stages } = parseDockerfile(
    'ARG V=1\r\nARG W\r\nFROM --platform=$BUILDPLATFORM node:${V} AS Build\r\nFROM\tscratch\r\n',
  );
  expect({ args, stages }).toEqual({
    args: [
      ['V', '1'],
      ['W', undefined],
    ],
    stages: [
      { image: 'node:${V}', name: 'build', text: 'FROM node:${V} AS Build', steps: [] },
      { image: 'scratch', name: undefined, text: 'FROM scratch', steps: [] },
    ],
  });
});

test.each([
  ['', 'failed to read dockerfile: file with no instructions'],
  ['RUN x', 'dockerfile parse error: no build stage in current context'],
  ['FROM x\nFETCH y', 'dockerfile parse error on line 2: unknown instruction: FETCH'],
  ['FROM x y', 'dockerfile parse error on line 1: FROM requires either one or three arguments'],
  ['FROM x\n\nCOPY --form=a b c', 'dockerfile parse error on line 3: unknown flag: --form'],
  ['FROM x\nCOPY a', 'dockerfile parse error on line 2: COPY requires at least two arguments'],
  ['FROM x\nRUN', 'dockerfile parse error on line 2: RUN requires at least one argument'],
  ['FROM x\nENV A', 'dockerfile parse error on line 2: ENV must have two arguments'],
  [
    'FROM x\nENV A=1 B',
    'dockerfile parse error on line 2: Syntax error - can\'t find = in "B". Must be of the form: name=value',
  ],
  ['FROM x\nSHELL bash', 'dockerfile parse error on line 2: SHELL requires the arguments to be in JSON form'],
  ['FROM x\nRUN <<EOF\na', 'dockerfile parse error on line 2: unterminated heredoc'],
  ['FROM x\nONBUILD FROM y', "dockerfile parse error on line 2: FROM isn't allowed as an ONBUILD trigger"],
])('%j is refused', (text, reason) => {
  expect(() => parseDockerfile(text)).toThrow(`Job failed with exit code: 1. Reason: ${reason}`);
});
