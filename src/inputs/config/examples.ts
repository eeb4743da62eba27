import { INPUTS, type InputName } from '../inputs.ts';
import { FORMS } from './forms.ts';

/** The choices of an input; undefined where it is no choice. */
export function choicesOf(name: InputName): readonly string[] | undefined {
  const form = FORMS[name];
  if (form.kind !== 'choice') return undefined;
  const row = Object.values(INPUTS).find((each) => each.name === name);
  const parse: unknown = row?.parse;
  const known = typeof parse === 'function' && 'choices' in parse ? (parse.choices as readonly string[]) : undefined;
  return form.choices ?? known ?? [];
}

const EXAMPLES: Readonly<Partial<Record<InputName, string>>> = {
  space: 'acme/my-app',
  required: 'API_KEY',
  path: 'app',
  include: 'dist/**',
  exclude: 'tests/**',
  protect: 'data/**',
  rename: 'requirements-streamlit.txt -> requirements.txt',
  'health-path': '/health',
  'health-expect': 'status=healthy',
  timeout: '30m',
  hardware: 'cpu-upgrade',
  'promoted-from': 'staging',
  'isolated-from': 'production',
};

/** An item of a list. */
export function itemExampleOf(name: InputName): string {
  return EXAMPLES[name] ?? 'text';
}

/** How an input may be written in the file, for whoever wrote it otherwise. */
export function exampleOf(name: InputName): string {
  switch (FORMS[name].kind) {
    case 'list':
      return `${name}: [${itemExampleOf(name)}]`;
    case 'settings':
      return 'LOG_LEVEL: debug';
    case 'names':
      return `${name}: [API_KEY]`;
    case 'map':
      return `${name}: { title: My app }`;
    case 'maps':
      return `${name}: [{ path: / }]`;
    case 'flag':
      return `${name}: true`;
    case 'number':
      return `${name}: 3600`;
    default:
      return `${name}: ${choicesOf(name)?.[0] ?? EXAMPLES[name] ?? 'text'}`;
  }
}
