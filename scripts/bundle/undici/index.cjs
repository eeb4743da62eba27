/**
 * undici in the bundles: what they use of it, put together as its own index does. That one also brings caches, mocks,
 * cookies, WebSockets and SOCKS, which would be a sixth of the bundle and a tenth of its start. It lies in
 * build/node_modules/undici when it is bundled.
 */
const Dispatcher = require('../../../node_modules/undici/lib/dispatcher/dispatcher.js');

// A proxy is asked for a connection by one of these.
Object.assign(Dispatcher.prototype, require('../../../node_modules/undici/lib/api/index.js'));

exports.EnvHttpProxyAgent = require('../../../node_modules/undici/lib/dispatcher/env-http-proxy-agent.js');
exports.ProxyAgent = require('../../../node_modules/undici/lib/dispatcher/proxy-agent.js');
exports.buildConnector = require('../../../node_modules/undici/lib/core/connect.js');
exports.fetch = require('../../../node_modules/undici/lib/web/fetch/index.js').fetch;
exports.FormData = require('../../../node_modules/undici/lib/web/fetch/formdata.js').FormData;
exports.Headers = require('../../../node_modules/undici/lib/web/fetch/headers.js').Headers;
