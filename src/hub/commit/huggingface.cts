// The bundler splits the ES module build of @huggingface/hub into chunks; its CommonJS build stays in one file.
import hub = require('@huggingface/hub');
export = hub;
