import { Failure } from '../../base/failure.ts';
import { SDKS, type Sdk } from '../../inputs/sdk.ts';

/**
 * The SDK: the input, else the front matter, else what the files show. A key without a value says nothing.
 *
 * @throws Failure `inputs` when nothing says it
 */
export function chooseSdk(input: Sdk | undefined, frontMatter: unknown, has: (path: string) => boolean): Sdk {
  if (input !== undefined) return input;
  const named = SDKS.find((sdk) => sdk === frontMatter);
  if (named !== undefined) return named;
  const isSaid = frontMatter !== undefined && frontMatter !== null && frontMatter !== '';
  if (!isSaid && has('Dockerfile')) return 'docker';
  if (!isSaid && has('index.html')) return 'static';
  throw new Failure('inputs', {
    where: 'input `sdk`',
    ...(isSaid ? notHosted(frontMatter) : NOT_SAID),
    fix: `Set \`sdk\` to one of: ${SDKS.join(', ')}.`,
  });
}

const NOT_SAID = {
  what: 'Nothing says what kind of Space this is.',
  cause: 'There is no `sdk` in the front matter of README.md, no Dockerfile and no index.html.',
};

function notHosted(sdk: unknown) {
  return {
    what: `The front matter says sdk: ${JSON.stringify(sdk)}, which the Hub does not have.`,
    cause: 'The Hub hosts docker, gradio and static Spaces.',
  };
}
