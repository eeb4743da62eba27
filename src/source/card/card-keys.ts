/** Keys that show that a block of YAML is meant for the Hub: other tools do not have them (hub-contract §12.1). */
export const TELLING_KEYS = [
  'sdk',
  'app_port',
  'app_file',
  'sdk_version',
  'colorFrom',
  'colorTo',
  'emoji',
  'short_description',
];

/** All that a Space knows in its front matter (hub-contract §12.1). */
export const CARD_KEYS: ReadonlySet<string> = new Set([
  ...TELLING_KEYS,
  ...(
    'title app_build_command python_version base_path suggested_hardware suggested_storage startup_duration_timeout ' +
    'custom_headers models datasets tags preload_from_hub hf_oauth hf_oauth_scopes hf_oauth_expiration_minutes ' +
    'hf_oauth_authorized_org fullWidth header pinned thumbnail disable_embedding license'
  ).split(' '),
]);
