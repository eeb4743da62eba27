/**
 * Names in the environment that hold the token of the Hub or of GitHub, or lead to one: the inputs of the action, and what
 * the job's identity is exchanged with. Windows does not tell small letters from large ones.
 */
const WITHHELD =
  /^(?:INPUT_.*|ACTIONS_.*|HF_TOKEN|HF_TOKEN_PATH|HF_OIDC_ID_TOKEN|HUGGING_?FACE_?HUB_TOKEN|HUGGINGFACE_TOKEN|GITHUB_TOKEN|GH_TOKEN)$/i;

/** Whether a variable of the environment may reach neither the app nor a command. */
export function isWithheld(name: string): boolean {
  return WITHHELD.test(name);
}

/** Whether a text has one of these tokens in it. */
export function hasToken(text: string, tokens: Iterable<string>): boolean {
  return [...tokens].some((token) => token !== '' && text.includes(token));
}
