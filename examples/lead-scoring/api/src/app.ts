import cors from '@fastify/cors';
import Fastify, { type FastifyInstance, LogController } from 'fastify';
import { answerErrors } from './http/answer-errors.ts';
import { compileValidator } from './http/compile-validator.ts';
import { hangUpOnClose } from './http/hang-up-on-close.ts';
import { logRequests } from './http/log-requests.ts';
import { serveDocs } from './http/serve-docs.ts';
import type { Model } from './model/model.ts';
import type { PredictionStore } from './predictions/prediction-store.ts';
import { bannerOf } from './routes/banner-of.ts';
import { health } from './routes/health.ts';
import { home } from './routes/home.ts';
import { observe } from './routes/observe.ts';
import { predict } from './routes/predict.ts';
import type { Settings } from './settings/settings.ts';

interface Parts {
  settings: Settings;
  version: string;
  model: Model;
  store: PredictionStore;
}

/** The HTTP side, ready to listen or to be injected. */
export async function buildApp({ settings, version, model, store }: Parts): Promise<FastifyInstance> {
  const app = Fastify({
    logger: { level: settings.environment === 'test' ? 'silent' : 'info', base: null },
    logController: new LogController({ disableRequestLogging: true }),
  });
  app.setValidatorCompiler(compileValidator);
  app.removeContentTypeParser('text/plain');
  answerErrors(app);
  logRequests(app);
  hangUpOnClose(app);
  if (settings.corsOrigins.length > 0) await app.register(cors, { origin: settings.corsOrigins });
  await serveDocs(app, version);

  home(app, settings.environment, version, bannerOf(settings));
  health(app, settings, version, store);
  predict(app, model, store);
  observe(app, store);
  return app;
}
