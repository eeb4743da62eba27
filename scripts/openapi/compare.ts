import type { ErrorObject, ValidateFunction } from 'ajv/dist/2020.js';
import type { Exchange } from './recording-proxy.ts';
import type { Operation } from './specification.ts';

export interface Comparison {
  /** How often each operation was used. */
  readonly used: ReadonlyMap<string, number>;
  /** How many requests and answers were held to a schema. */
  readonly requests: number;
  readonly answers: number;
  /** Operations with such an answer. */
  readonly answering: ReadonlySet<string>;
  /** Each difference once, as `operation: request or answer, where, what`. */
  readonly differences: ReadonlySet<string>;
}

/** Holds exchanges to the Hub's OpenAPI. What it does not describe is passed over. */
export function compare(exchanges: readonly Exchange[], operations: readonly Operation[]): Comparison {
  const used = new Map<string, number>();
  const differences = new Set<string>();
  const answering = new Set<string>();
  let [requests, answers] = [0, 0];
  for (const exchange of exchanges) {
    const operation = operations.find(
      ({ method, path }) => method === exchange.method && path.test(exchange.url.pathname),
    );
    if (operation === undefined) continue;
    used.set(operation.name, (used.get(operation.name) ?? 0) + 1);
    const note = (what: string) => (problem: string) => differences.add(`${operation.name}: ${what} ${problem}`);
    // A request that was refused may be wrong on purpose.
    if (exchange.status < 400) {
      requests += 1;
      for (const problem of requestProblems(exchange, operation)) note('request')(problem);
    }
    const valid = operation.validAnswer.get(exchange.status);
    if (valid === undefined || !isForSchema(exchange)) continue;
    answers += 1;
    answering.add(operation.name);
    for (const problem of problems(valid, parsed(exchange.answerBody))) note(`answer ${exchange.status}`)(problem);
  }
  return { used, requests, answers, answering, differences };
}

/** Downloads have a schema only for those who ask for facts on the file. */
function isForSchema({ url, answerType }: Exchange): boolean {
  return answerType.startsWith('application/json') || !/\/resolve(-cache)?\//.test(url.pathname);
}

function requestProblems({ url, requestType, requestBody }: Exchange, operation: Operation): string[] {
  const inQuery = problems(operation.validQuery, queryOf(url));
  const isJson = requestType.startsWith('application/json');
  const { validBody } = operation;
  if (validBody === undefined || !isJson) return inQuery;
  return [...inQuery, ...problems(validBody, requestBody.length === 0 ? {} : parsed(requestBody))];
}

/** Clients write lists as `name=a&name=b` or `name[]=a`. */
function queryOf(url: URL): Record<string, string | string[]> {
  const names = new Set([...url.searchParams.keys()]);
  return Object.fromEntries(
    [...names].map((name) => {
      const values = url.searchParams.getAll(name);
      return [name.replace(/\[\]$/, ''), values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/** Never with a value: bodies hold secrets. */
function problems(valid: ValidateFunction, value: unknown): string[] {
  return valid(value) ? [] : (valid.errors ?? []).map(described);
}

function described({ instancePath, message = '', params }: ErrorObject): string {
  const stranger: unknown = Reflect.get(params, 'additionalProperty');
  const where = instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/*');
  return `${where === '' ? '(whole)' : where} ${message}${typeof stranger === 'string' ? `: ${stranger}` : ''}`;
}
