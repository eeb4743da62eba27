import { choicesOf } from '../../src/inputs/config/examples.ts';
import { builtIn } from '../../src/inputs/config/explain.ts';
import { FORMS, NAMES_IN_FILE } from '../../src/inputs/config/forms.ts';
import type { InputName } from '../../src/inputs/inputs.ts';

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: 'string' };
/** YAML reads `on`, `1.10` and the like in its own way: all are the texts that they are written as. */
const SINGLE = { type: ['string', 'number', 'boolean', 'null'] };
const TEXTS = { type: 'array', items: { type: ['string', 'number', 'boolean'] } };
const SETTINGS = {
  type: 'object',
  propertyNames: { pattern: '^[a-zA-Z][_a-zA-Z0-9]*$' },
  additionalProperties: SINGLE,
};

/** The JSON schema of spaceport.yml, by which editors complete and check it. `descriptions` are those of action.yml. */
export function configSchema(descriptions: Readonly<Record<string, string>>): Schema {
  const properties = Object.fromEntries(
    NAMES_IN_FILE.map((name) => {
      const value = builtIn(name);
      const fallback = value === '' ? undefined : value;
      return [name, { description: descriptions[name], ...formOf(name), default: fallback }];
    }),
  );
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'spaceport.yml',
    description: 'The inputs of Spaceport, by environment. What the step is given wins over this file.',
    type: 'object',
    additionalProperties: false,
    properties: {
      defaults: { description: 'What all environments share.', $ref: '#/definitions/inputs' },
      environments: {
        description:
          'Inputs by the name of the environment, or by a pattern such as `preview-*`. An environment wins over `defaults`: maps are merged key by key, lists are replaced.',
        type: ['object', 'null'],
        propertyNames: { pattern: '^(?=[^*]*\\*?[^*]*$)[a-z*][a-z0-9*-]*$' },
        additionalProperties: { $ref: '#/definitions/inputs' },
      },
    },
    definitions: { inputs: { type: ['object', 'null'], additionalProperties: false, properties } },
  };
}

function formOf(name: InputName): Schema {
  const form = FORMS[name];
  switch (form.kind) {
    case 'text':
      return { type: ['string', 'number', 'null'] };
    case 'number':
      return { type: ['integer', 'null'] };
    case 'flag':
      return { type: ['boolean', 'null'] };
    case 'choice':
      return { enum: [...(choicesOf(name) ?? []), null] };
    case 'list':
      return {
        anyOf:
          form.joins === undefined
            ? [TEXTS, TEXT, NULL]
            : [TEXTS, TEXT, NULL, { type: 'object', additionalProperties: SINGLE }],
      };
    case 'settings':
      return { anyOf: [SETTINGS, TEXTS, TEXT, NULL] };
    case 'names':
      return { anyOf: [{ type: 'array', items: { type: 'string', pattern: '^[a-zA-Z][_a-zA-Z0-9]*$' } }, TEXT, NULL] };
    case 'map':
      return { anyOf: [{ type: 'object' }, TEXT, NULL] };
    case 'maps':
      return { anyOf: [{ type: 'array', items: { type: ['object', 'string'] } }, TEXT, NULL] };
    case 'refused':
      return {};
    default:
      return form satisfies never;
  }
}

const NULL = { type: 'null' };
