import { Failure } from '../base/failure.ts';
import type { Answer } from './http/call.ts';
import { listOf, objectOf, textOf } from './http/json.ts';
import { accepted, jsonIn, saidBy, whereAnswered } from './http/refusal.ts';
import { jsonCall } from './http/requests.ts';
import { send } from './http/send.ts';
import type { Session } from './hub.ts';

/**
 * Has the Hub check a README before it is committed; gives its warnings (hub-contract §12.1).
 *
 * @throws Failure `inputs` with every error that the Hub finds
 */
export async function validateYaml(session: Session, readme: string): Promise<readonly string[]> {
  const call = jsonCall('POST', '/api/validate-yaml', { content: readme, repoType: 'space' }, 'check the README');
  const answer = await send(session, call);
  if (answer.status === 400) throw notValid(answer, whereAnswered(call, answer));
  return messages(objectOf(accepted(call, answer).json)['warnings']);
}

function notValid(answer: Answer, where: string): Failure {
  const errors = messages(jsonIn(answer.text)['errors']);
  return new Failure(
    'inputs',
    (errors.length > 0 ? errors : [saidBy(answer)]).map((what) => ({
      where: `README.md front matter; ${where}`,
      what: `The Hub does not accept it: ${what}`,
      fix: 'Change it in the README or in `card`.',
    })),
  );
}

function messages(value: unknown): readonly string[] {
  return listOf(value).flatMap((item) => textOf(objectOf(item)['message']) ?? []);
}
