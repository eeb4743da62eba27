import { ask, type Capacity, type Client, groupsOf } from './client.ts';

/** What the engine can limit on its machine; nothing where it does not say. */
export async function capacityOf(client: Client): Promise<Capacity> {
  return client.kind === 'docker' ? dockerCapacity(client) : podmanCapacity(client);
}

async function dockerCapacity(client: Client): Promise<Capacity> {
  const format = '{{.NCPU}} {{.MemoryLimit}} {{.SwapLimit}} {{.CPUCfsQuota}}';
  const answer = await ask(client, ['info', '--format', format]);
  const [cpus, memory, swap, quota] = groupsOf(answer, /^(\d+) (\w+) (\w+) (\w+)$/);
  return {
    cpus: Number(cpus ?? 1),
    limitsMemory: memory === 'true',
    limitsSwap: swap === 'true',
    limitsCpus: quota === 'true',
  };
}

async function podmanCapacity(client: Client): Promise<Capacity> {
  const answer = await ask(client, ['info', '--format', '{{.Host.CPUs}} {{.Host.CgroupControllers}}']);
  const [cpus, controllers = ''] = groupsOf(answer, /^(\d+) \[(.*)\]$/);
  const names = controllers.split(' ');
  const limitsMemory = names.includes('memory');
  return { cpus: Number(cpus ?? 1), limitsMemory, limitsSwap: limitsMemory, limitsCpus: names.includes('cpu') };
}
