import type { FastifySchemaValidationError } from 'fastify/types/schema.js';
import type { Problem } from './problem.ts';

/** Of a body with a thousand wrong fields, only the first hundred are reported. */
const MOST = 100;

const dotted = (pointer: string): string =>
  pointer
    .replace(/\/(\d+)/g, '[$1]')
    .replaceAll('/', '.')
    .replace(/^\./, '');

function problemOf({ instancePath, keyword, params, message }: FastifySchemaValidationError, part: string): Problem {
  const at = (name: unknown): string => dotted(`${instancePath}/${String(name)}`);
  switch (keyword) {
    case 'required':
      return { field: at(params['missingProperty']), rule: 'is required' };
    case 'additionalProperties':
      return { field: at(params['additionalProperty']), rule: 'is not a known field' };
    case 'enum':
      return {
        field: dotted(instancePath),
        rule: `must be one of ${(params['allowedValues'] as string[]).join(', ')}`,
      };
    default:
      return { field: dotted(instancePath) || part, rule: message ?? `fails ${keyword}` };
  }
}

/** What ajv found, in the API's words. */
export const problemsOf = (errors: FastifySchemaValidationError[], part: string): Problem[] =>
  errors.slice(0, MOST).map((error) => problemOf(error, part));
