import { onDemand } from '../../base/on-demand.ts';
import { isSample } from './samples.ts';
import { plainAssignments, secretAmong } from './secret-assignments.ts';

/** A file in which a tool keeps credentials. */
export interface CredentialFile {
  /** Its path, with forward slashes; only the end of it counts, because any directory may be deployed. */
  readonly named: RegExp;
  /** What is in it, as it is told to people. */
  readonly holds: string;
  /** Where the name alone does not prove it: whether the text does. */
  readonly proof?: (text: string) => boolean;
}

const matches = (pattern: RegExp) => (text: string) => pattern.test(text);
const assignsAnything = (text: string) => plainAssignments(text).some(([, value]) => value !== '' && !isSample(value));
const assigns = (text: string) => secretAmong(plainAssignments(text)) !== undefined;

/**
 * The kinds of files in which credentials lie around in a workspace, or in a home directory that was deployed by mistake.
 * The first that matches counts.
 */
export const CREDENTIAL_FILES: readonly CredentialFile[] = [
  // Keys
  { named: /\.(p12|pfx|jks|keystore|kdbx)$|(^|\/)id_(rsa|dsa|ecdsa|ed25519)(_sk)?$/, holds: 'private keys' },
  { named: /\.(pem|key|ppk)$/, holds: 'a private key', proof: matches(/PRIVATE KEY|PuTTY-User-Key/) },
  { named: /(^|\/)config\/(master|credentials\/[^/]+)\.key$/, holds: 'the key of Rails’ credentials' },
  // Hosts and databases
  { named: /(^|\/)([._]netrc|\.pgpass|\.htpasswd|\.vault_?pass(word)?(\.txt)?)$/, holds: 'passwords' },
  { named: /(^|\/)\.?my\.cnf$/, holds: 'a password', proof: matches(/^\s*password\s*=\s*\S/m) },
  // git and GitHub
  { named: /(^|\/)(\.git-credentials|\.config\/git\/credentials)$/, holds: 'passwords of git' },
  { named: /(^|\/)(gh\/hosts|\.config\/hub|glab-cli\/config)(\.ya?ml)?$/, holds: 'a token of GitHub', proof: assigns },
  // Clouds
  { named: /(^|\/)\.aws\/(credentials$|(sso|cli)\/cache\/)/, holds: 'credentials of AWS' },
  {
    named: /(^|\/)(\.config\/gcloud\/|gha-creds-\w+\.json$|application_default_credentials\.json$)/,
    holds: 'credentials of Google Cloud',
  },
  {
    named: /(^|\/)client_secret[^/]*\.json$/,
    holds: 'a client secret of Google',
    proof: matches(/"client_secret"\s*:\s*"[^"]/),
  },
  {
    named: /(^|\/)\.azure\/(accessTokens|msal_\w+_cache|service_principal_entries)\.(json|bin)$/,
    holds: 'credentials of Azure',
  },
  { named: /(^|\/)local\.settings\.json$/, holds: 'a secret of Azure Functions', proof: assigns },
  {
    named:
      /(^|\/)(\.boto|\.s3cfg|rclone\.conf|\.databrickscfg|\.oci\/config|doctl\/config\.yaml|\.fly\/config\.yml|\.modal\.toml|\.snowsql\/config|\.snowflake\/[^/]+\.toml)$/,
    holds: 'credentials of a cloud',
    proof: assigns,
  },
  {
    named: /(^|\/)(\.vercel|\.netlify|com\.vercel\.cli)\/(auth|config)\.json$/,
    holds: 'a token of a cloud',
    proof: assigns,
  },
  // Containers and infrastructure
  {
    named: /(^|\/)(\.docker\/config\.json|\.dockercfg|\.dockerconfigjson|containers\/auth\.json)$/,
    holds: 'a login of a container registry',
    proof: matches(/"(auth|identitytoken|registrytoken|password)"\s*:\s*"[^"]/),
  },
  {
    named: /(^|\/)(\.kube\/config|([^/]*[.-])?kubeconfig(\.ya?ml)?)$/,
    holds: 'credentials of Kubernetes',
    proof: matches(/(client-key-data|token|password|id-token|refresh-token)["']?\s*:\s*\S|client-key\s*:/),
  },
  { named: /\.tfstate(\.\d+)?(\.backup)?$/, holds: 'the state of Terraform, which has secrets in clear text' },
  { named: /\.tfvars(\.json)?$/, holds: 'a secret of Terraform', proof: assigns },
  {
    named: /(^|\/)(\.terraformrc|terraform\.rc|credentials\.tfrc\.json|\.pulumi\/credentials\.json)$/,
    holds: 'a token of Terraform or Pulumi',
    proof: matches(/token|accessToken/i),
  },
  { named: /(^|\/)\.vault-token$/, holds: 'a token of Vault' },
  // Package registries
  { named: /(^|\/)\.pypirc$/, holds: 'passwords' },
  {
    named: /(^|\/)\.npmrc$/,
    holds: 'a token of npm',
    proof: matches(/(_auth|_authToken|_password)\s*=\s*(?!"?\$\{)\S/),
  },
  {
    named: /(^|\/)\.yarnrc\.yml$/,
    holds: 'a token of npm',
    proof: matches(/npmAuth(Token|Ident)["']?\s*:\s*(?!["']?\$\{)\S/),
  },
  {
    named: /(^|\/)(\.cargo\/credentials(\.toml)?|\.gem\/credentials|pypoetry\/auth\.toml)$/,
    holds: 'a token of a package registry',
  },
  {
    named: /(^|\/)\.m2\/settings\.xml$/,
    holds: 'a password of Maven',
    proof: matches(/<(password|passphrase)>(?!\$\{)[^<]/),
  },
  {
    named: /(^|\/)nuget\.config$/i,
    holds: 'a password of NuGet',
    proof: matches(/key="ClearTextPassword"\s+value="(?!%)[^"]/i),
  },
  {
    named: /(^|\/)(gradle\.properties|auth\.json|\.condarc|pip\.(conf|ini)|bunfig\.toml)$/,
    holds: 'credentials of a package registry',
    proof: assigns,
  },
  // Models and data
  { named: /(^|\/)\.?huggingface\/(token|stored_tokens)$/, holds: 'a token of Hugging Face' },
  { named: /(^|\/)kaggle\.json$/, holds: 'a key of Kaggle', proof: matches(/"key"\s*:\s*"[^"]/) },
  { named: /(^|\/)\.dvc\/config\.local$/, holds: 'credentials of DVC' },
  { named: /(^|\/)\.dvc\/config$/, holds: 'credentials of DVC', proof: assigns },
  {
    named: /(^|\/)(\.comet\.config|\.clasprc\.json|wandb\/settings|\.dbt\/profiles\.yml)$/,
    holds: 'credentials',
    proof: assigns,
  },
  // Apps
  { named: /(^|\/)\.streamlit\/secrets\.toml$/, holds: 'secrets of Streamlit', proof: assignsAnything },
  { named: /(^|\/)secrets\.(toml|ya?ml)$/, holds: 'secrets', proof: assigns },
];

/** One pattern for the names of all of them: most files have none of these names, and need no second look. */
export const anyCredentialFile = onDemand(
  () => new RegExp(CREDENTIAL_FILES.map(({ named }) => named.source).join('|'), 'i'),
);
