import type { Inputs } from '../../src/inputs/inputs.ts';

/** Inputs of a deployment that names only its Space, with the changes of a case. */
export function inputsOf(values: Partial<Inputs> = {}): Inputs {
  return {
    space: { owner: 'acme', name: 'app', id: 'acme/app' },
    environment: 'production',
    variables: new Map(),
    secrets: new Map(),
    settingsStrategy: 'merge',
    workspace: '/nowhere',
    directory: '/nowhere',
    path: '.',
    include: [],
    exclude: [],
    protect: [],
    renames: [],
    card: {},
    visibility: { value: 'private', from: 'the GitHub repository is private', explicit: false },
    healthExpect: [],
    timeoutMs: 1_800_000,
    onFailure: 'rollback',
    mode: 'deploy',
    hubUrl: 'https://huggingface.co',
    warnings: [],
    run: { isManual: false },
    ...values,
  };
}
