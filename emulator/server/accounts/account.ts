import type { Plan } from '../../seed.ts';

/** A user or an organization. */
export interface Account {
  readonly id: string;
  readonly name: string;
  readonly type: 'user' | 'org';
  readonly plan: Plan;
  readonly orgs: readonly string[];
}

/** Whether the plan covers docker and gradio Spaces, protected visibility and dev mode (hub-contract §19). */
export function pays(account: Account): boolean {
  return account.plan !== 'free';
}
