import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: object;
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}

interface Described {
  readonly parameters?: readonly Parameter[] | null;
  readonly requestBody?: Body | null;
  readonly responses?: Readonly<Record<string, Body>> | null;
}

/** One operation of the Hub, with what its OpenAPI says of requests and answers. */
export interface Operation {
  /** `GET /api/spaces/{namespace}/{repo}/refs` */
  readonly name: string;
  readonly method: string;
  readonly path: RegExp;
  readonly validQuery: ValidateFunction;
  readonly validBody: ValidateFunction | undefined;
  /** By status. */
  readonly validAnswer: ReadonlyMap<number, ValidateFunction>;
}

const JSON_TYPE = 'application/json';

/** Reads the Hub's OpenAPI (JSON); throws when the file is none. */
export function readSpecification(file: string): Operation[] {
  const { paths } = JSON.parse(readFileSync(file, 'utf8')) as {
    paths: Record<string, Record<string, Described>>;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => operation(method.toUpperCase(), path, described)),
  );
}

const strict = ajv(false);
/** Everything in a query is text. */
const converting = ajv(true);

function ajv(coerces: boolean): Ajv2020 {
  const made = new Ajv2020({ allErrors: true, strict: false, coerceTypes: coerces ? 'array' : false });
  addFormats.default(made);
  return made;
}

function operation(method: string, path: string, described: Described): Operation {
  const { parameters, requestBody, responses } = described;
  const inQuery = (parameters ?? []).filter((one) => one.in === 'query');
  const body = requestBody?.content?.[JSON_TYPE]?.schema;
  const answers = Object.entries(responses ?? {}).flatMap(([status, { content }]) => {
    const schema = content?.[JSON_TYPE]?.schema;
    return schema === undefined ? [] : [[Number(status), strict.compile(schema)] as const];
  });
  return {
    name: `${method} ${path}`,
    method,
    path: pattern(path),
    validQuery: converting.compile({
      type: 'object',
      properties: Object.fromEntries(inQuery.map(({ name, schema }) => [name, schema])),
      required: inQuery.filter(({ required }) => required).map(({ name }) => name),
      additionalProperties: false,
    }),
    validBody: body && strict.compile(body),
    validAnswer: new Map(answers),
  };
}

/** `{path}` at the end is the rest, which may be empty. */
function pattern(path: string): RegExp {
  const parts = path.replace(/\/\{path\}$/, '(?:/.*)?').replaceAll(/\{\w+\}/g, '[^/]+');
  return new RegExp(`^${parts}$`);
}
