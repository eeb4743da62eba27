import { expect, test } from '@jest/globals';
import { meaningOf } from '../../../../src/hub/http/meanings.ts';

/** What a person needs to see of a meaning, to tell it from the others. */
const told = (status: number, said: string) => {
  const { kind, cause, fix } = meaningOf(status, said);
  return { kind, cause: cause.split('.')[0], isAboutToken: /Use a token with write access/.test(fix) };
};

test.each([403, 400, 413, 422, 500])('a full repository is one with status %d too', (status) => {
  expect(told(status, 'Repository storage limit reached (Max: 1 GB)')).toEqual({
    kind: 'hub',
    cause: 'The large files (LFS and Xet) of this Space fill its repository, whose limit is 1 GB',
    isAboutToken: false,
  });
});

test.each<[number, string, string, string]>([
  [
    403,
    'Private repository storage limit reached, please upgrade your plan to increase your private storage limit.',
    'hub',
    'The private repositories of the owner together hold as much as the plan of the owner allows',
  ],
  [
    403,
    'Your storage patterns tripped our internal systems! Please contact us at datasets@huggingface.co so we can verify and unlock',
    'hub',
    'An automatic check of the Hub has stopped uploads of this owner; neither the token nor the files are wrong',
  ],
  [
    403,
    'Repository storage limit reached (Max: 5 GB)',
    'hub',
    'The large files (LFS and Xet) of this Space fill its repository, whose limit is 5 GB',
  ],
  [
    403,
    'Repository storage limit reached',
    'hub',
    'The large files (LFS and Xet) of this Space fill its repository, whose limit is 1 GB',
  ],
  [403, 'Access to this resource is disabled.', 'hub', 'The Hub has disabled this repository (moderation)'],
  [
    403,
    'Your token has been revoked by the organization administrator, please create a new one',
    'credentials',
    'The organization has rules for tokens, and this token was not approved, or was revoked',
  ],
  [403, 'Please add a payment method to use this hardware', 'hub', 'The owner of the Space has to pay for this first'],
  [
    403,
    'an HTML page, "403 Forbidden"',
    'hub',
    'Something in front of the Hub has answered, not the Hub itself: its firewall, or a proxy of the network of this runner',
  ],
  [
    402,
    'Static Spaces are free for everyone, but hosting Gradio and Docker Spaces on free cpu-basic requires a PRO subscription.',
    'hub',
    'A new Docker or Gradio Space on free hardware needs a paid plan of its owner: PRO for a person, Team or Enterprise for an organization',
  ],
  [
    402,
    "Without a PRO subscription, you can't downgrade this Space to cpu-basic.",
    'hub',
    'Free hardware needs a paid plan of the owner',
  ],
  [400, 'invalid_grant This operation was aborted', 'hub', 'The exchange of tokens has an outage: this is no refusal'],
])('%d %s is not about the token', (status, said, kind, cause) => {
  expect(told(status, said)).toEqual({ kind, cause, isAboutToken: false });
});

test.each(['Forbidden: pass `create_pr=1` as a query parameter to create a Pull Request.', 'Authorization error.'])(
  '403 %s is about the token',
  (said) => {
    expect(told(403, said)).toEqual({
      kind: 'credentials',
      cause: 'The token is valid and lacks this right',
      isAboutToken: true,
    });
  },
);

test('403 for a new Space names its owner, and a token that reaches a Space that is not there yet', () => {
  expect(meaningOf(403, 'You don\'t have the rights to create a space under the namespace "mee"')).toEqual({
    kind: 'credentials',
    cause: 'The token is valid and lacks this right: it can only read, or may not write to what is of "mee".',
    fix: 'Is "mee" the owner that you meant? If so, use a token of that account, or of a member of it: https://huggingface.co/settings/tokens (of the kind "write"; or fine-grained, with "Write access to contents/settings of all repos" of this owner, since the Space does not exist yet).',
  });
});

test('403 with words that nobody knows says both: do as they say, else the token', () => {
  expect(told(403, 'The moon is in the wrong house.')).toEqual({
    kind: 'credentials',
    cause: 'The Hub forbids it for the reason that it gives; where it gives none, the token lacks this right',
    isAboutToken: true,
  });
});

test('403 without words, as for a commit of 12,000 files, names both reasons', () => {
  expect(meaningOf(403, 'no text, only status 403').cause).toBe(
    'The Hub gives no reason. Either the token lacks this right, or there is too much in one commit (more than about 10,000 files).',
  );
});
