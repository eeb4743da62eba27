import type { FastifyInstance } from 'fastify';
import type { World } from '../world/world.ts';
import { authCheckRoutes } from './auth-check.ts';
import { branchRoutes } from './branches.ts';
import { bucketRoutes } from './buckets.ts';
import { commitRoute } from './commit.ts';
import { createRoute } from './create.ts';
import { deleteRoute } from './delete.ts';
import { duplicateRoute } from './duplicate.ts';
import { gitRoutes } from './git.ts';
import { hardwareRoute } from './hardware.ts';
import { historyRoutes } from './history.ts';
import { idTokenRoute } from './id-token.ts';
import { lfsBatchRoute } from './lfs-batch.ts';
import { lfsFilesRoutes } from './lfs-files.ts';
import { lfsStorageRoutes } from './lfs-storage.ts';
import { lfsVerifyRoutes } from './lfs-verify.ts';
import { logRoute } from './logs.ts';
import { moveRoute } from './move.ts';
import { oauthTokenRoute } from './oauth-token.ts';
import { pageRoutes } from './pages.ts';
import { pathsInfoRoute } from './paths-info.ts';
import { preuploadRoute } from './preupload.ts';
import { resolveRoutes } from './resolve.ts';
import { runtimeRoutes } from './runtime.ts';
import { secretRoutes } from './secrets.ts';
import { settingsRoute } from './settings.ts';
import { spaceInfoRoutes } from './space-info.ts';
import { superSquashRoute } from './super-squash.ts';
import { treeRoutes } from './tree.ts';
import { unmodelledRoutes } from './unmodelled.ts';
import { validateYamlRoute } from './validate-yaml.ts';
import { variableRoutes } from './variables.ts';
import { volumeRoutes } from './volumes.ts';
import { whoamiRoute } from './whoami.ts';
import { xetStorageRoutes } from './xet-storage.ts';
import { xetTokenRoutes } from './xet-token.ts';

const groups = [
  whoamiRoute,
  createRoute,
  deleteRoute,
  moveRoute,
  duplicateRoute,
  settingsRoute,
  spaceInfoRoutes,
  authCheckRoutes,
  treeRoutes,
  pathsInfoRoute,
  historyRoutes,
  branchRoutes,
  superSquashRoute,
  resolveRoutes,
  preuploadRoute,
  commitRoute,
  validateYamlRoute,
  lfsBatchRoute,
  lfsStorageRoutes,
  lfsFilesRoutes,
  lfsVerifyRoutes,
  xetTokenRoutes,
  xetStorageRoutes,
  variableRoutes,
  secretRoutes,
  runtimeRoutes,
  volumeRoutes,
  bucketRoutes,
  hardwareRoute,
  logRoute,
  gitRoutes,
  oauthTokenRoute,
  idTokenRoute,
  pageRoutes,
  unmodelledRoutes,
];

export function addRoutes(app: FastifyInstance, world: World): void {
  for (const addGroup of groups) addGroup(app, world);
}
