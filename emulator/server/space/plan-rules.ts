import { type Account, pays } from '../accounts/account.ts';
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

/** What the Hub says where paid hardware is asked for without a payment method (hub-contract §19). */
export function noPayment(flavor: string): string {
  return `You must add a payment method to use ${flavor}.`;
}

/** Throws 402 for what the owner's plan does not pay for (hub-contract §19). */
export function checkPlan(accounts: Accounts, id: string, { sdk, visibility, flavor = '', devMode }: Wish): void {
  if (zeroGpu.test(flavor) && sdk !== 'gradio') throw badRequest('ZeroGPU is only available for Gradio Spaces');
  if (ownerPays(accounts, id)) return;
  // Up to two ZeroGPU Spaces of a person are free; they are not counted here.
  const isFree = sdk === 'static' || (zeroGpu.test(flavor) && ownerOf(accounts, id)?.type === 'user');
  const isPaid = flavor !== '' && flavor !== 'cpu-basic' && !zeroGpu.test(flavor);
  if (!isFree) throw paymentRequired(isPaid ? noPayment(flavor) : needsPro);
  if (visibility === 'protected') throw protectedNeedsPro();
  if (devMode) throw paymentRequired('Dev mode requires a PRO subscription.');
}

export function checkVisibilityPlan(accounts: Accounts, id: string, visibility: Visibility): void {
  if (visibility === 'protected' && !ownerPays(accounts, id)) throw protectedNeedsPro();
}

export function ownerPays(accounts: Accounts, id: string): boolean {
  const owner = ownerOf(accounts, id);
  return owner !== undefined && pays(owner);
}

function ownerOf(accounts: Accounts, id: string): Account | undefined {
  return accounts.find(id.slice(0, id.indexOf('/')));
}

function protectedNeedsPro() {
  return paymentRequired('Protected Spaces require a PRO, Team or Enterprise subscription.');
}
