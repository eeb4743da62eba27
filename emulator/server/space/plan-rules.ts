import { pays } from '../accounts/account.ts';
import type { Accounts } from '../accounts/accounts.ts';
import { badRequest, paymentRequired } from '../http/refusals.ts';
import type { Visibility } from './space.ts';

interface Wish {
  readonly sdk: string;
  readonly visibility: Visibility;
  readonly flavor: string | undefined;
  readonly devMode: boolean;
}

const needsPro =
  'Static Spaces are free for everyone, but hosting Gradio and Docker Spaces on free cpu-basic requires a PRO ' +
  'subscription. Subscribe at https://huggingface.co/pro';
const zeroGpu = /^zero/;

/** Throws 402 for what the owner's plan does not pay for (hub-contract §19). */
export function checkPlan(accounts: Accounts, id: string, { sdk, visibility, flavor = '', devMode }: Wish): void {
  if (zeroGpu.test(flavor) && sdk !== 'gradio') throw badRequest('ZeroGPU is only available for Gradio Spaces');
  if (ownerPays(accounts, id)) return;
  // Up to two ZeroGPU Spaces are free; they are not counted here.
  const isFree = sdk === 'static' || (sdk === 'gradio' && zeroGpu.test(flavor));
  if (!isFree) throw paymentRequired(needsPro);
  if (visibility === 'protected') throw protectedNeedsPro();
  if (devMode) throw paymentRequired('Dev mode requires a PRO subscription.');
}

export function checkVisibilityPlan(accounts: Accounts, id: string, visibility: Visibility): void {
  if (visibility === 'protected' && !ownerPays(accounts, id)) throw protectedNeedsPro();
}

export function ownerPays(accounts: Accounts, id: string): boolean {
  const owner = accounts.find(id.slice(0, id.indexOf('/')));
  return owner !== undefined && pays(owner);
}

function protectedNeedsPro() {
  return paymentRequired('Protected Spaces require a PRO, Team or Enterprise subscription.');
}
