import { CannotRehearse } from '../base/failures.ts';

/** Names that tell a client what to do, so that an app's value of them must not be in the client's environment. */
const MEANS_SOMETHING =
  /^(PATH|HOME|USER|TMPDIR|TMP|TEMP|LANG|LC_.*|TERM|SHELL|PWD|LD_.*|GO.*|SSL_CERT_.*|XDG_.*|(http|https|no|all|ftp)_proxy|DOCKER_.*|BUILDKIT_.*|BUILDX_.*|CONTAINER.*|PODMAN_.*|REGISTRY_.*|STORAGE_.*|_.*)$/i;

export interface ContainerEnvironment {
  readonly args: readonly string[];
  /** For the environment of the client, which gives it to the container. */
  readonly env: Readonly<Record<string, string>>;
  /** Lines for a file that the client reads. */
  readonly file: string;
}

/**
 * How an app's environment gets into its container without being an argument: by the client's own environment, and what
 * would confuse the client by a file. Throws CannotRehearse on such a value that has more than one line, which no file can hold.
 */
export function containerEnvironment(values: Readonly<Record<string, string>>): ContainerEnvironment {
  const args: string[] = [];
  const env: Record<string, string> = {};
  const lines: string[] = [];
  for (const [name, value] of Object.entries(values)) {
    if (!MEANS_SOMETHING.test(name)) {
      args.push('--env', name);
      env[name] = value;
    } else if (/[\r\n]/.test(value))
      throw new CannotRehearse(`${name} has more than one line, which a container cannot be given under this name.`);
    else lines.push(`${name}=${value}\n`);
  }
  return { args, env, file: lines.join('') };
}
