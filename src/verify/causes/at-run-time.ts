import type { KnownCause } from './known-cause.ts';

/** What the app meets while it runs. */
export const AT_RUN_TIME_CAUSES: readonly KnownCause[] = [
  {
    sign: /bind\(\) to \S+:(\d{1,3}) failed \(13: Permission denied\)|listen EACCES: permission denied \S*:(\d{1,3})\b|could not bind to address \S+:(\d{1,3})\b|bind on address \('[^']*', (\d{1,3})\): (?:\[Errno 13\] )?permission denied|listen (?:tcp|udp)[46]? \S*:(\d{1,3}): bind: permission denied/i,
    example: 'nginx: [emerg] bind() to 0.0.0.0:80 failed (13: Permission denied)',
    cause: 'The server wants port $1, and a Space runs as user 1000, who may not open ports below 1024.',
    fix: 'Listen on port 7860, or on the port that `app_port` names, above 1024.',
  },
  {
    sign: /(?:ENETUNREACH|Network is unreachable|ETIMEDOUT|timed? ?out)[^\n]*\b5432\b|(?:supabase\.co|:5432)[^\n]*(?:Network is unreachable|ENETUNREACH|ETIMEDOUT|timed? ?out)|connection to server at "[^"]*", port 5432 failed: (?:Network is unreachable|Connection timed out)/i,
    example: 'connection to server at "db.abc.supabase.co" (2a05:d018::1), port 5432 failed: Network is unreachable',
    cause: 'The app cannot reach its database: a Space has no IPv6, and may not reach port 5432.',
    fix: "Use the connection string of the database's pooler, for Supabase the transaction pooler on port 6543 (Connect, then Transaction pooler), as `database-url`.",
  },
  {
    sign: /ENETUNREACH|\[Errno 101\]|Network is unreachable/,
    example: 'OSError: [Errno 101] Network is unreachable',
    cause: 'The app connects to a server that a Space cannot reach: it has no IPv6, and reaches only some ports.',
    fix: 'Of a database: use the connection string of its pooler, for Supabase the transaction pooler on port 6543, as `database-url`. Any other server must answer on port 80, 443 or 8080; mail is sent by the web API of a provider, not by SMTP.',
  },
  {
    sign: /EACCES|PermissionError|permission denied/i,
    example: "mkdir: cannot create directory '/data': Permission denied",
    cause: 'The app writes where it may not: a Space runs as user 1000.',
    fix: 'COPY --chown=1000, or write below /tmp or the home directory.',
  },
  {
    sign: /No space left on device|ENOSPC/i,
    example: 'OSError: [Errno 28] No space left on device',
    cause: 'The disk of the Space is full.',
    fix: 'Keep less on it: it has 50 GB, and is emptied by a restart.',
  },
  {
    sign: /GatedRepoError|Access to model \S+ is restricted|Cannot access gated repo|401 Client Error[^\n]*huggingface\.co/,
    example: 'huggingface_hub.errors.GatedRepoError: 403 Client Error.',
    cause: 'The app loads a model or data set that its token may not read, or has no token.',
    fix: 'Accept the terms of the model on the Hub with the account of the token, and give the token to the Space as the secret HF_TOKEN.',
  },
  {
    sign: /password authentication failed|SASL|no pg_hba\.conf entry|Tenant or user not found/i,
    example: 'error: password authentication failed for user "app"',
    cause: 'The database refuses the user or password.',
    fix: 'Compare `database-url` with the connection string that the database shows.',
  },
  {
    sign: /SSL connection is required|server does not support SSL|self[- ]signed certificate|certificate verify failed|SSL (?:error|SYSCALL error)|sslmode value|UNABLE_TO_VERIFY_LEAF_SIGNATURE/i,
    example: 'Error: The server does not support SSL connections',
    cause: 'The app and the server do not agree on TLS, or the app does not know who vouches for the server.',
    fix: 'Of a database: put sslmode=require into `database-url`, or sslmode=verify-full with its root certificate; sslmode=disable only where it has no TLS.',
  },
  {
    sign: /could not translate host name "([^"]+)"|getaddrinfo (?:ENOTFOUND|EAI_AGAIN) (\S+)|Name or service not known|Temporary failure in name resolution/,
    example: 'psycopg2.OperationalError: could not translate host name "db" to address: Name or service not known',
    cause: 'No server has the name $1.',
    fix: 'Correct the host; one that is only known in your own network or in Docker Compose does not exist for a Space.',
  },
  {
    sign: /ETIMEDOUT|ECONNREFUSED|could not connect to server|Connection refused/,
    example: 'Error: connect ETIMEDOUT 3.64.1.2:6379',
    cause: 'The app cannot reach a server that it needs.',
    fix: 'Check its address; a Space reaches the outside through ports 80, 443 and 8080 only.',
  },
  {
    sign: /(?:migrations?\b[^\n]{0,80}(?<!\b0 )\bfail(?:ed|ure)\b|fail(?:ed)? (?:to (?:run|apply) )?migrations?\b|alembic\.util\.exc|Can't locate revision|Migration error|P3\d{3}: )/i,
    example: 'migration 0002_add_scores failed: column "score" already exists',
    cause: 'A migration of the database failed, and the app does not start without it.',
    fix: 'Fix the migration that the log names and deploy again; look at the database first, for a part of it may have been done.',
  },
  {
    sign: /EADDRINUSE|address already in use|Port \d+ is (?:already )?in use|Cannot find empty port/i,
    example: 'Error: listen EADDRINUSE: address already in use 0.0.0.0:7860',
    cause: 'Two processes of the app want the same port.',
    fix: 'Start only one that listens on the port of the Space.',
  },
  {
    sign: /Job failed with exit code: 128/i,
    example: 'Job failed with exit code: 128. Reason: Error',
    cause: 'The Hub could not run the build; often a failure of its own, sometimes a broken repository.',
    fix: 'Run it again; if it stays, use Factory rebuild in the settings of the Space.',
  },
];
