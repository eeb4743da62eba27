/** The inputs of `action.yml`, in its order; held to it by a test. */
export const INPUT_NAMES = [
  'space',
  'environment',
  'sdk',
  'token',
  'database-url',
  'secrets',
  'variables',
  'settings-strategy',
  'path',
  'include',
  'exclude',
  'protect',
  'rename',
  'card',
  'visibility',
  'health-path',
  'health-expect',
  'timeout',
  'on-failure',
  'mode',
  'promoted-from',
  'isolated-from',
  'hub-url',
] as const;

export type InputName = (typeof INPUT_NAMES)[number];
