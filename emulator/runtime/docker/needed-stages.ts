import { BuildFailure } from '../base/failures.ts';
import type { Dockerfile, Step } from './dockerfile.ts';
import { expandWord } from './expand-variables.ts';

/** Where an instruction takes files from: a stage by its index, or an image by its name. */
export type FileSource =
  | { readonly kind: 'stage'; readonly index: number }
  | { readonly kind: 'image'; readonly name: string };

/** A Dockerfile with the build arguments of one build. */
export interface StagePlan {
  /** ARG before the first FROM, with their values. */
  readonly globals: Readonly<Record<string, string>>;
  /** What each stage begins with. */
  readonly bases: readonly FileSource[];
  /** Indices of the stages that the last one is made from, in the order in which they can be built. */
  readonly order: readonly number[];
}

/** BuildKit's own arguments, without a declaration before the first FROM. */
const PLATFORM: Readonly<Record<string, string>> = {
  BUILDPLATFORM: 'linux/amd64',
  BUILDOS: 'linux',
  BUILDARCH: 'amd64',
  BUILDVARIANT: '',
  TARGETPLATFORM: 'linux/amd64',
  TARGETOS: 'linux',
  TARGETARCH: 'amd64',
  TARGETVARIANT: '',
  TARGETSTAGE: 'default',
};

/**
 * Decides which stages are built: as in BuildKit, only those that the last one needs. The Space's variables are build
 * arguments (hub-contract §17). Throws BuildFailure for a stage that is not there or that needs itself.
 */
export function planStages(dockerfile: Dockerfile, variables: Readonly<Record<string, string>>): StagePlan {
  const globals = globalArgs(dockerfile, variables);
  const bases = dockerfile.stages.map((stage, at) => baseOf(dockerfile, expandWord(stage.image, globals), at));
  return { globals, bases, order: orderOf(dockerfile, bases) };
}

/** The stage or image that `--from` names. Throws BuildFailure when it cannot be one. */
export function fileSource({ stages }: Dockerfile, from: string): FileSource {
  if (/\$/.test(from)) {
    throw new BuildFailure(
      1,
      'variable expansion is not supported for --from, define a new stage with FROM using ARG from global scope as a workaround',
    );
  }
  if (/^\d+$/.test(from)) {
    if (Number(from) >= stages.length) throw new BuildFailure(1, `invalid stage index ${from}`);
    return { kind: 'stage', index: Number(from) };
  }
  const index = stages.findLastIndex((stage) => stage.name === from.toLowerCase());
  return index === -1 ? { kind: 'image', name: from } : { kind: 'stage', index };
}

function globalArgs({ args }: Dockerfile, variables: Readonly<Record<string, string>>): Record<string, string> {
  const globals: Record<string, string> = { ...PLATFORM };
  for (const [name, value] of args) {
    const given = variables[name] ?? (value === undefined ? undefined : expandWord(value, globals));
    if (given !== undefined) globals[name] = given;
  }
  return globals;
}

function baseOf({ stages }: Dockerfile, image: string, before: number): FileSource {
  if (image === '') {
    throw new BuildFailure(1, `base name (${stages[before]?.image ?? ''}) should not be blank`);
  }
  const index = stages.slice(0, before).findLastIndex((stage) => stage.name === image.toLowerCase());
  return index === -1 ? { kind: 'image', name: image } : { kind: 'stage', index };
}

function orderOf(dockerfile: Dockerfile, bases: readonly FileSource[]): readonly number[] {
  const { stages } = dockerfile;
  const order: number[] = [];
  const open = new Set<number>();
  const visit = (index: number): void => {
    if (order.includes(index)) return;
    if (open.has(index)) {
      throw new BuildFailure(1, `circular dependency detected on stage: ${stages[index]?.name ?? index}`);
    }
    open.add(index);
    const sources = stages[index]?.steps.flatMap(fromsOf).map((from) => fileSource(dockerfile, from)) ?? [];
    for (const source of [bases[index], ...sources]) if (source?.kind === 'stage') visit(source.index);
    order.push(index);
  };
  visit(stages.length - 1);
  return order;
}

/** What the step takes files from by `--from` or by a mount. */
export function fromsOf(step: Step): readonly string[] {
  switch (step.kind) {
    case 'copy':
    case 'add':
      return step.from === undefined ? [] : [step.from];
    case 'run':
      return step.mounts.flatMap((mount) => mount['from'] ?? []);
    case 'onbuild':
      return fromsOf(step.step);
    default:
      return [];
  }
}
