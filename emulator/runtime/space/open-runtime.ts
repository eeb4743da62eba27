import { type EngineChoice, NoEngine, type Runtime } from '../../space-runtime.ts';
import { processEngine } from '../app/process-engine.ts';
import { openContainerEngine } from '../container/container-engine.ts';
import { type Found, findClient } from '../container/find-client.ts';
import type { Engine } from '../engine/engine.ts';
import { spaceRuntimeStarter } from './start-space-runtime.ts';

/** Chooses what builds and runs apps. Throws when an engine is asked for by its name and does not answer. */
export async function openRuntime(choice: EngineChoice): Promise<Runtime> {
  const { engine, why } = await choose(choice);
  return { engine: { name: engine.name, why }, start: spaceRuntimeStarter(engine), close: () => engine.close() };
}

async function choose(choice: EngineChoice): Promise<{ engine: Engine; why: string }> {
  if (choice === 'process') return { engine: processEngine, why: 'no container engine was asked for' };
  const problems: string[] = [];
  for (const kind of choice === 'auto' ? (['docker', 'podman'] as const) : [choice]) {
    const found: Found = await findClient(kind);
    if (found.client)
      return { engine: await openContainerEngine(found.client), why: `version ${found.version} answers` };
    problems.push(found.problem);
  }
  if (choice !== 'auto') throw new NoEngine(`The engine ${choice} cannot be used: ${problems.join('; ')}.`);
  return { engine: processEngine, why: `no container engine answers (${problems.join('; ')})` };
}
