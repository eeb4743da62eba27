import type { Session } from '../hub.ts';
import type { Answer, Call } from './call.ts';
import { accepted } from './refusal.ts';
import { send } from './send.ts';

/** The call that reads a resource as JSON; `what` completes "The Hub refused to …". */
export function getCall(path: string, what: string): Call {
  return { what, method: 'GET', path, expects: 'json', repeatable: true };
}

/** The call that sends JSON, or nothing, and is answered with JSON. */
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

/**
 * The call that changes something and whose answer nobody reads. Of many such answers no source shows the body, so any
 * 2xx will do, with JSON, with `OK` or with nothing (hub-contract §24, U23); a page of something in between will not.
 */
export function changeCall(...request: Parameters<typeof jsonCall>): Call {
  return { ...jsonCall(...request), expects: 'no-page' };
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
