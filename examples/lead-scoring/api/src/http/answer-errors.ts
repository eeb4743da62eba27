import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { DatabaseUnavailable } from '../predictions/database-unavailable.ts';
import type { Problem } from './problem.ts';
import { problemsOf } from './problems-of.ts';

const RETRY_AFTER_SECONDS = 5;
const JSON_CODES = ['FST_ERR_CTP_INVALID_JSON_BODY', 'FST_ERR_CTP_EMPTY_JSON_BODY'];

const refuse = (reply: FastifyReply, status: number, error: string, problems: Problem[] = []): FastifyReply =>
  reply.code(status).send({ error, problems });

function answer(error: FastifyError, reply: FastifyReply): FastifyReply {
  if (error instanceof DatabaseUnavailable) {
    reply.log.warn({ err: error }, 'the database did not answer');
    reply.header('retry-after', RETRY_AFTER_SECONDS);
    return refuse(reply, 503, 'the database does not answer, nothing was stored; try again');
  }
  if (error.validation) {
    const part = error.validationContext ?? 'body';
    return refuse(reply, 400, 'the request is not valid', problemsOf(error.validation, part));
  }
  if (JSON_CODES.includes(error.code)) {
    return refuse(reply, 400, 'the request is not valid', [{ field: 'body', rule: 'must be JSON' }]);
  }
  const status = error.statusCode ?? 500;
  if (status < 500) return refuse(reply, status, error.message);
  reply.log.error({ err: error }, 'request failed');
  return refuse(reply, 500, 'internal error');
}

/** Every refusal is JSON of one form. */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => answer(error, reply));
  app.setNotFoundHandler((request, reply) => refuse(reply, 404, `there is no ${request.method} ${request.url}`));
}
