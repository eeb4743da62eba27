import type { Dockerfile } from './dockerfile.ts';

/** Indices of the stages that the last one is made from; Docker builds no others. */
export function neededStages({ stages }: Dockerfile): ReadonlySet<number> {
  const needed = new Set<number>();
  const visit = (index: number) => {
    const stage = stages[index];
    if (!stage || needed.has(index)) return;
    needed.add(index);
    const copied = stage.steps.flatMap((step) => (step.kind === 'copy' && step.from !== undefined ? [step.from] : []));
    for (const name of [stage.image, ...copied]) visit(stageIndex(stages, name, index));
  };
  visit(stages.length - 1);
  return needed;
}

/** A stage before this one, by name or by number; -1 when it is another image. */
export function stageIndex(stages: Dockerfile['stages'], name: string, before: number): number {
  const earlier = stages.slice(0, before);
  const named = earlier.findLastIndex((stage) => stage.name?.toLowerCase() === name.toLowerCase());
  return named === -1 && /^\d+$/.test(name) && Number(name) < before ? Number(name) : named;
}
