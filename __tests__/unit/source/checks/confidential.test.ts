import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { confidentialFiles } from '../../../../src/source/checks/confidential.ts';
import type { FoundFile } from '../../../../src/source/files/found-file.ts';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'confidential-'));
});
afterAll(() => rm(directory, { recursive: true }));

async function found(path: string, text: string | Buffer, more: Partial<FoundFile> = {}): Promise<FoundFile> {
  const absolute = join(directory, path);
  await mkdir(dirname(absolute), { recursive: true });
  await writeFile(absolute, text);
  return { path, absolute, size: Buffer.byteLength(text), executable: false, tracked: true, ...more };
}

/** What a file holds; undefined when everybody may read it. */
async function holds(path: string, text: string | Buffer, more: Partial<FoundFile> = {}) {
  return confidentialFiles([await found(path, text, more)])[0]?.holds;
}

/** Tokens are put together here, so that no scanner takes this file for a leak. */
const HF = `hf_${'aB3dE5gH7jK9mN1pQ3'.repeat(2).slice(0, 34)}`;
const GITHUB = `ghp_${'aB3dE5gH7jK9mN1pQ3'.repeat(2)}`;
const OPENAI = `sk-proj-${'aB3dE5gH7jK9mN1pQ3'.repeat(2)}`;
const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEvQ==\n-----END RSA PRIVATE KEY-----\n';
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nMIIEvQ==\n-----END CERTIFICATE-----\n';

test.each<[string, string, string]>([
  ['.env', 'PORT=7860\nAPI_KEY=9f8e7d6c5b4a\n', 'a value of API_KEY'],
  ['api/.env.production', 'DB_PASSWORD=hunter2', 'a value of DB_PASSWORD'],
  ['.env.local', 'export JWT_SECRET="correct horse battery"', 'a value of JWT_SECRET'],
  ['.env', "AWS_SECRET_ACCESS_KEY='wJalrXUtnFEMIK7MDENGbPxRfiCYzzzKEY1'", 'a value of AWS_SECRET_ACCESS_KEY'],
  ['.env', 'SECRET_KEY_BASE=4d1c0b2a39485766fedcba98', 'a value of SECRET_KEY_BASE'],
  ['.env', 'DB_PASSWORD=12345678', 'a value of DB_PASSWORD'],
  ['.env', 'apiKey=9f8e7d6c5b4a', 'a value of apiKey'],
  ['.env', 'STRIPE_KEY=9f8e7d6c5b4a39281706', 'a value of STRIPE_KEY'],
  ['.env', 'API_KEY_2=9f8e7d6c5b4a', 'a value of API_KEY_2'],
  ['.env', `ANYTHING=${HF}`, 'a token of Hugging Face, as ANYTHING'],
  ['.env', `NEXT_PUBLIC_X=${OPENAI}`, 'a key of OpenAI, as NEXT_PUBLIC_X'],
  ['.env', 'DATABASE_URL=postgres://app:k9fQ2x@db.acme.io/app', 'a URL with a password, as DATABASE_URL'],
  ['.env', `# OLD=${GITHUB}\nA=b`, 'a token of GitHub, in a comment'],
  ['.env', `KEY="-----BEGIN PRIVATE KEY-----\\nMIIEvQ==\\n"`, 'a private key, as KEY'],
  ['.env.example', `HF_TOKEN=${HF}`, 'a token of Hugging Face'],
  ['prod.env', 'API_TOKEN=9f8e7d6c5b4a', 'a value of API_TOKEN'],
  ['.envrc', 'export API_TOKEN=9f8e7d6c5b4a', 'a value of API_TOKEN'],
  ['.dev.vars', 'API_TOKEN=9f8e7d6c5b4a', 'a value of API_TOKEN'],
  ['.env.keys', 'DOTENV_PRIVATE_KEY_PRODUCTION="9f8e7d6c5b4a39281706"', 'a value of DOTENV_PRIVATE_KEY_PRODUCTION'],
])('%s with %j is confidential: %s', async (path, text, expected) => {
  expect(await holds(path, text)).toBe(expected);
});

/** As chat-ui, the Hub's own app, commits it. */
const CHAT_UI = `# Use .env.local to change these variables
OPENAI_BASE_URL=https://router.huggingface.co/v1
OPENAI_API_KEY=#your provider API key (works for HF router, OpenAI, LM Studio, etc.).
USE_USER_TOKEN=false
MONGODB_URL=#your mongodb URL here
MONGODB_DB_NAME=chat-ui
HF_TOKEN= #your huggingface user access token
MODELS=\`[{"name": "meta-llama/Llama-3.1-8B-Instruct", "tokenizer": "x", "parameters": {"max_new_tokens": 1024}}]\`
OPENID_CLIENT_SECRET=
OPENID_SCOPES="openid profile" # Add "email" for some providers
COOKIE_SECURE=
ADMIN_API_SECRET=# secret to admin API calls
ADMIN_TOKEN=#We recommend leaving this empty
PARQUET_EXPORT_HF_TOKEN=
USAGE_LIMITS=\`{}\`
METRICS_PORT=5565
`;

test.each<[string, string]>([
  ['.env', ''],
  ['.env', CHAT_UI],
  ['.env', 'A=b'],
  [
    '.env.production',
    'VITE_API_KEY=AIzaSyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q\nNEXT_PUBLIC_SITE_KEY=9f8e7d6c5b4a39281706\n',
  ],
  ['.env', 'DATABASE_URL=sqlite:///file.db\nAUTH_URL=https://acme.io/login\nSECRET_FILE=/run/secrets/x1'],
  ['.env', 'DATABASE_URL="postgresql://johndoe:randompassword@localhost:5432/mydb?schema=public"'],
  ['.env', 'DATABASE_URL=postgres://app:k9fQ2x@db:5432/app\nREDIS_URL=redis://:pw@127.0.0.1:6379'],
  ['.env', 'DATABASE_URL=postgres://user:password@host.example.com/db'],
  ['.env', 'API_KEY=your-api-key-here\nTOKEN=changeme\nDB_PASSWORD=password\nA_SECRET=${FROM_ELSEWHERE}'],
  ['.env', 'API_KEY=<your key>\nTOKEN=xxxxxxxxxxxx\nDB_PASSWORD=***\nA_SECRET=$OTHER\nB_SECRET={{ secret }}'],
  ['.env', 'HF_TOKEN=hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\nAWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE'],
  [
    '.env',
    'MAX_TOKENS=4096\nTOKEN_LIMIT=100000\nJWT_EXPIRES_IN=7d\nPASSWORD_MIN_LENGTH=12\nEOS_TOKEN=</s>\nPAD_TOKEN=[PAD]',
  ],
  [
    '.env',
    'SUPABASE_ANON_KEY=9f8e7d6c5b4a39281706\nVAPID_PUBLIC_KEY=9f8e7d6c5b4a39281706\nAPI_KEY_HEADER=x-api-key-v2-of-acme',
  ],
  ['.env', 'TOKENIZER_MODEL=meta-llama/Llama-3.1-8B\nSORT_KEY=created_at\nKEYBOARD=us'],
  ['.env', 'HELLO="encrypted:BG8M6U+GKJGwpGA42ml2erb9"\nAPI_SECRET="encrypted:BG8M6U+GKJGwpGA42ml2erb9"'],
  ['.env.example', 'API_KEY=9f8e7d6c5b4a\nDB_PASSWORD=hunter2'],
  ['.env.sample', 'DB_PASSWORD=hunter2'],
  ['.env.template', 'DB_PASSWORD=hunter2'],
  ['.env.defaults', 'DB_PASSWORD=hunter2'],
  ['.environment', 'API_KEY=9f8e7d6c5b4a'],
  ['env.py', 'API_KEY = "9f8e7d6c5b4a"'],
])('%s with %j may be read by everybody', async (path, text) => {
  expect(await holds(path, text)).toBeUndefined();
});

test.each<[string, string, string]>([
  ['id_rsa', 'x', 'private keys'],
  ['.ssh/id_ed25519', 'x', 'private keys'],
  ['keys/store.p12', 'x', 'private keys'],
  ['vault.kdbx', 'x', 'private keys'],
  ['server.pem', PEM, 'a private key'],
  ['server.key', PEM, 'a private key'],
  ['putty.ppk', 'PuTTY-User-Key-File-3: ssh-rsa\n', 'a private key'],
  ['deploy_key', PEM, 'a private key'],
  ['AuthKey_ABC.p8', PEM.replace('RSA ', ''), 'a private key'],
  ['secret.asc', '-----BEGIN PGP PRIVATE KEY BLOCK-----\n', 'a private key'],
  ['config/master.key', '9f8e7d6c5b4a39281706fedcba987654', 'the key of Rails’ credentials'],
  ['.netrc', 'machine x', 'passwords'],
  ['_netrc', 'machine x', 'passwords'],
  ['.pypirc', 'x', 'passwords'],
  ['.pgpass', 'x', 'passwords'],
  ['.htpasswd', 'me:x', 'passwords'],
  ['.my.cnf', '[client]\npassword=x', 'a password'],
  ['.git-credentials', 'https://me:x@github.com', 'passwords of git'],
  ['home/.config/git/credentials', 'https://me:x@github.com', 'passwords of git'],
  ['.config/gh/hosts.yml', `github.com:\n    oauth_token: ${GITHUB}\n`, 'a token of GitHub'],
  ['.aws/credentials', '[default]', 'credentials of AWS'],
  ['.aws/sso/cache/x.json', '{}', 'credentials of AWS'],
  ['.config/gcloud/credentials.db', 'x', 'credentials of Google Cloud'],
  ['.config/gcloud/application_default_credentials.json', '{}', 'credentials of Google Cloud'],
  ['gha-creds-0123456789abcdef.json', '{}', 'credentials of Google Cloud'],
  ['client_secret_1.apps.json', '{"installed":{"client_secret":"x"}}', 'a client secret of Google'],
  ['.azure/msal_token_cache.json', '{}', 'credentials of Azure'],
  ['local.settings.json', '{\n  "Values": {\n    "ApiKey": "9f8e7d6c5b4a"\n  }\n}', 'a secret of Azure Functions'],
  ['.config/rclone/rclone.conf', '[s3]\nsecret_access_key = 9f8e7d6c5b4a', 'credentials of a cloud'],
  ['.docker/config.json', '{"auths":{"ghcr.io":{"auth":"bWU6eA=="}}}', 'a login of a container registry'],
  ['.dockerconfigjson', '{"auths":{"ghcr.io":{"auth":"bWU6eA=="}}}', 'a login of a container registry'],
  ['.kube/config', 'users:\n- user:\n    client-key-data: LS0t\n', 'credentials of Kubernetes'],
  ['prod.kubeconfig', 'users:\n- user:\n    token: abc\n', 'credentials of Kubernetes'],
  ['.terraform/terraform.tfstate', '{}', 'the state of Terraform, which has secrets in clear text'],
  ['terraform.tfstate.backup', '{}', 'the state of Terraform, which has secrets in clear text'],
  ['prod.tfvars', 'db_password = "hunter2"', 'a secret of Terraform'],
  ['.terraform.d/credentials.tfrc.json', '{"credentials":{"x":{"token":"y"}}}', 'a token of Terraform or Pulumi'],
  ['.vault-token', 'x', 'a token of Vault'],
  ['.npmrc', 'x=1\n//npm.example.org/:_authToken=npm_abc\n', 'a token of npm'],
  ['.npmrc', '_auth = dXNlcjpwdw==\n', 'a token of npm'],
  ['.npmrc', '//npm.acme.example/:_password="cHc="\n', 'a token of npm'],
  ['.yarnrc.yml', 'npmAuthToken: "npm_abc"\n', 'a token of npm'],
  ['.cargo/credentials.toml', '[registry]\ntoken = "x"', 'a token of a package registry'],
  ['.m2/settings.xml', '<password>x</password>', 'a password of Maven'],
  ['NuGet.Config', '<add key="ClearTextPassword" value="x" />', 'a password of NuGet'],
  ['pip.conf', '[global]\nindex-url = https://me:k9fQ2x@pypi.acme.io/simple', 'credentials of a package registry'],
  ['.huggingface/token', 'x', 'a token of Hugging Face'],
  ['home/.cache/huggingface/token', 'x', 'a token of Hugging Face'],
  ['huggingface/stored_tokens', 'x', 'a token of Hugging Face'],
  ['kaggle.json', '{"username":"me","key":"abc"}', 'a key of Kaggle'],
  ['.dvc/config.local', '[\'remote "s3"\']', 'credentials of DVC'],
  ['.dvc/config', '[remote]\n    secret_access_key = 9f8e7d6c5b4a', 'credentials of DVC'],
  ['.streamlit/secrets.toml', 'anything = "abc"', 'secrets of Streamlit'],
  ['conf/secrets.yaml', 'db:\n  password: hunter2', 'secrets'],
  ['firebase.json', '{"type":"service_account","private_key":"-----BEGIN PRIVATE KEY-----\\nMII"}', 'a private key'],
  ['token.json', '{"refresh_token":"x","client_secret":"y"}', 'a refresh token'],
  ['token.json', `"${HF}"`, 'a token of Hugging Face'],
  ['token', `${HF}\n`, 'a token of Hugging Face'],
  ['notes.txt', GITHUB, 'a token of GitHub'],
  ['.my-token', OPENAI, 'a key of OpenAI'],
  ['jwt.txt', 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLWl0', 'a JSON Web Token'],
])('%s with %j is confidential: %s', async (path, text, expected) => {
  expect(await holds(path, text)).toBe(expected);
});

test.each<[string, string]>([
  ['id_rsa.pub', 'ssh-rsa x'],
  ['ca.pem', CERTIFICATE],
  ['ca-bundle.crt', CERTIFICATE],
  ['piano.key', 'C major'],
  ['.npmrc', 'engine-strict=true\nsave-exact=true\n'],
  ['.npmrc', '//npm.example.org/:_authToken=${NPM_TOKEN}\n'],
  ['.yarnrc.yml', 'npmAuthToken: "${NPM_TOKEN}"\n'],
  ['.docker/config.json', '{"credHelpers":{"gcr.io":"gcloud"}}'],
  ['.m2/settings.xml', '<password>${env.TOKEN}</password>'],
  ['.aws/config', '[default]\nregion = eu-west-1'],
  ['.dvc/config', '[core]\n    remote = s3\n'],
  ['.streamlit/secrets.toml', '# nothing = "yet"\napi_key = ""\nother = "your-key"\n'],
  ['.streamlit/config.toml', '[theme]\nprimaryColor = "#ff0000"'],
  ['variables.tfvars', 'region = "eu-west-1"\nimage_tag = "v1"'],
  ['kaggle.json', '{"competition":"titanic"}'],
  ['package.json', '{"name":"x","keywords":["token"]}'],
  ['tokenizer.json', '{"model":{"vocab":{"<s>":0}}}'],
  ['token', 'hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'],
  ['notes.txt', `The token is ${HF}`],
  ['LICENSE', 'MIT License\n'],
  ['commit.txt', '9f8e7d6c5b4a392817069f8e7d6c5b4a39281706'],
  ['app.py', 'KEY = "-----BEGIN PRIVATE KEY-----"'],
  ['jwt.txt', 'eyJ.eyJ'],
])('%s with %j may be read by everybody', async (path, text) => {
  expect(await holds(path, text)).toBeUndefined();
});

test('a confidential file does not become another one by a link or a new name', async () => {
  const { absolute } = await found('.env.secret', 'API_KEY=9f8e7d6c5b4a');
  expect(confidentialFiles([{ ...(await found('config.txt', 'x')), absolute, size: 20 }])).toEqual([
    { path: 'config.txt', holds: 'a value of API_KEY' },
  ]);
});

test('a .env that a shell of Windows wrote', async () => {
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('API_KEY=9f8e7d6c5b4a\r\n', 'utf16le')]);
  expect(await holds('.env', utf16)).toBe('a value of API_KEY');
});

test("git's own bytes count where they are deployed", async () => {
  const bytes = Buffer.from('API_KEY=9f8e7d6c5b4a\n');
  expect(await holds('.env', 'A=b\n', { bytes, size: bytes.length })).toBe('a value of API_KEY');
});

test('of a large file only the start is looked at', async () => {
  const padding = 'x'.repeat(70_000);
  expect(await holds('.env', `A=${padding}\nAPI_KEY=9f8e7d6c5b4a`)).toBeUndefined();
  expect(await holds('big.json', `{"a":"${padding}","private_key":"-----BEGIN PRIVATE KEY-----"}`)).toBeUndefined();
});
