/** What the Hub itself can host (hub-contract §12.1). */
export const HUB_SDKS = ['docker', 'gradio', 'static'] as const;
export type HubSdk = (typeof HUB_SDKS)[number];

/** What a person may ask for; `streamlit` is deployed as a docker Space. */
export const SDKS = [...HUB_SDKS, 'streamlit'] as const;
export type Sdk = (typeof SDKS)[number];
