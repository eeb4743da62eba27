// Plain JavaScript: a Node that is too old to run TypeScript runs it, too. npm's own lines about versions are off in
// .npmrc, because they name each package once and never say what to do.
const npmNode = /\bnode\/v(\d+)(\S*)/.exec(process.env.npm_config_user_agent ?? '') ?? [];
const [, major, rest] = npmNode;
if (major !== undefined && Number(major) < 24) {
  const here = process.versions.node;
  const isNewEnough = Number(here.split('.')[0]) >= 24;
  console.log(
    isNewEnough
      ? `npm runs on Node ${major}${rest}. The commands here run on Node ${here}, which is in node_modules now: there is nothing to do.`
      : `This is Node ${major}${rest}, and the commands here need Node 24: install it, then run npm ci again.`,
  );
}
