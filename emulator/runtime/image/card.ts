import { ConfigFailure } from '../base/failures.ts';

/** The keys of the front matter of README.md that decide how a Space is built (hub-contract §12.1). */
export interface Card {
  readonly sdk: 'docker' | 'static' | 'gradio' | 'streamlit';
  readonly title: string | undefined;
  readonly appPort: number;
  readonly appFile: string | undefined;
  readonly sdkVersion: string | undefined;
  readonly pythonVersion: string | undefined;
}

const SDKS = ['docker', 'static', 'gradio', 'streamlit'] as const;

/** Throws ConfigFailure when the front matter does not say what to build. */
export function readCard(frontMatter: Readonly<Record<string, unknown>>): Card {
  if (Object.keys(frontMatter).length === 0) throw new ConfigFailure('NO_APP_FILE', 'No application file');
  const sdk = SDKS.find((each) => each === frontMatter['sdk']);
  if (!sdk) throw new ConfigFailure('CONFIG_ERROR', 'Missing or unknown "sdk" in the front matter of README.md');
  const port = Number(frontMatter['app_port'] ?? 7860);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new ConfigFailure('CONFIG_ERROR', '"app_port" in the front matter of README.md must be a port number');
  }
  return {
    sdk,
    title: text(frontMatter['title']),
    appPort: port,
    appFile: text(frontMatter['app_file']),
    sdkVersion: text(frontMatter['sdk_version']),
    pythonVersion: text(frontMatter['python_version']),
  };
}

function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value);
}
