import type { Session } from '../hub.ts';
import type { Answer, Call } from './call.ts';
import { accepted } from './refusal.ts';
import { send } from './send.ts';

/** The call that reads a resource as JSON; `what` completes "The Hub refused to …". */
export function getCall(path: string, what: string): Call {
  return { what, method: 'GET', path, expects: 'json', repeatable: true };
}

/** The call that sends JSON, or nothing, for operations that look at the status of the answer themselves. */
export function jsonCall(
  method: 'POST' | 'PUT' | 'DELETE',
  path: string,
  body: object | undefined,
  what: string,
): Call {
  return {
    what,
    method,
    path,
    headers: body && { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    expects: 'json',
    repeatable: true,
  };
}

/** Sends a call that must succeed. @throws Failure with the words of the Hub when it does not */
export async function sendAccepted(session: Session, call: Call): Promise<Answer> {
  return accepted(call, await send(session, call));
}

/** Reads a resource. @throws Failure with the words of the Hub */
export async function getJson(session: Session, path: string, what: string): Promise<unknown> {
  return (await sendAccepted(session, getCall(path, what))).json;
}

/** Posts JSON, or nothing, for what may be done twice: it is repeated like a read. @throws Failure with the words of the Hub */
export async function postJson(
  session: Session,
  path: string,
  body: object | undefined,
  what: string,
): Promise<unknown> {
  return (await sendAccepted(session, jsonCall('POST', path, body, what))).json;
}
