import type { Hub } from '../../../emulator/api.ts';

/** All that a deployment can change of a Space, and what its app says. */
export interface SpaceState {
  readonly head: string;
  readonly commits: number;
  readonly visibility: string;
  readonly sdk: string | undefined;
  readonly stage: string;
  /** The commit that runs is the head. */
  readonly current: boolean;
  readonly starts: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly appUrl: string;
}

export async function stateOf(hub: Hub, id: string): Promise<SpaceState> {
  const space = hub.space(id);
  if (space === undefined) throw new Error(`the local Hub has no Space ${id}`);
  const { stage, sha } = space.runtime.answer();
  const head = await space.head();
  const values = (settings: Readonly<Record<string, { readonly value: string }>>) =>
    Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]));
  return {
    head,
    commits: (await space.commits()).length,
    visibility: space.visibility,
    sdk: space.sdk,
    stage,
    current: sha === head,
    starts: space.runtime.counts.starts,
    variables: values(space.variables),
    secrets: values(space.secrets),
    appUrl: space.runtime.appUrl,
  };
}
