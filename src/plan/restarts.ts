import type { Restart, Step } from './plan.ts';

/**
 * What the app goes through when these steps are done: each change of a setting starts it anew, and a commit builds it
 * (hub-contract §14). Creating carries the settings along. A static Space has nothing to start.
 */
export function restartsOf(steps: readonly Step[], isStatic: boolean): readonly Restart[] {
  const isNew = steps.some(({ kind }) => kind === 'create');
  return steps.flatMap((step): Restart[] => {
    switch (step.kind) {
      case 'commit':
        return [{ kind: 'build', because: 'the commit' }];
      case 'restart':
        return [{ kind: step.factory ? 'build' : 'start', because: step.reason }];
      case 'set-variable':
      case 'delete-variable':
        return isNew || isStatic ? [] : [{ kind: 'start', because: `the variable ${step.name}` }];
      case 'set-secret':
      case 'delete-secret':
        return isNew || isStatic ? [] : [{ kind: 'start', because: `the secret ${step.name}` }];
      case 'set-hardware':
        return [{ kind: 'start', because: 'the hardware' }];
      case 'create':
      case 'remove':
      case 'set-visibility':
      case 'set-sleep-time':
        return [];
      default:
        return step satisfies never;
    }
  });
}
