/**
 * Loaded into every Node process of an app, before the app: connections to a port that a Space does not reach fail as in
 * a container of the Hub (hub-contract §17, §24 U21). What it needs to know is in `LOCAL_HUB_NETWORK`, see network.ts.
 */
import { lookup } from 'node:dns';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { isIP, Socket } from 'node:net';

const { ports, fronts } = JSON.parse(process.env['LOCAL_HUB_NETWORK'] ?? '{"ports":[]}');
const connect = Socket.prototype.connect;
const LISTENS = '0A';

Socket.prototype.connect = function connectWithin(...args) {
  const target = targetOf(args);
  if (target === undefined || reaches(target)) return connect.apply(this, args);
  this.connecting = true;
  lookup(target.host, (error, address) => this.destroy(error ?? unreachable(address, target.port)));
  return this;
};

/** Host and port of a connection; undefined for a socket of the file system. Arguments may come in a list, put in order. */
function targetOf(args) {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  const options =
    typeof first === 'object' && first !== null
      ? first
      : { port: first, host: typeof second === 'string' ? second : undefined };
  const port = Number(options.port);
  return options.path || Number.isNaN(port) ? undefined : { port, host: options.host || 'localhost' };
}

function reaches({ host, port }) {
  return ports.includes(port) || (isLoopback(host) && (isFront(port) || isOwn(port)));
}

function isLoopback(host) {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** Another Space of this local Hub: on the Hub it is reached by https. */
function isFront(port) {
  return fronts !== undefined && existsSync(`${fronts}/${port}`);
}

/** Whether a process of this app listens there. Where the system does not tell, it may be so. */
function isOwn(port) {
  if (!existsSync('/proc/net/tcp')) return true;
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => listenersOn(port, file)));
  const group = groupOf('self');
  return readdirSync('/proc').some(
    (pid) => /^\d+$/.test(pid) && orElse(() => groupOf(pid) === group && holdsOne(pid, sockets), false),
  );
}

function listenersOn(port, file) {
  const lines = orElse(() => readFileSync(file, 'utf8').split('\n').slice(1), []);
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    return state === LISTENS && Number.parseInt(local.split(':')[1], 16) === port ? [`socket:[${inode}]`] : [];
  });
}

function groupOf(pid) {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[2];
}

function holdsOne(pid, sockets) {
  const directory = `/proc/${pid}/fd`;
  return readdirSync(directory).some((fd) => orElse(() => sockets.has(readlinkSync(`${directory}/${fd}`)), false));
}

/** Processes end while they are looked at, and those of others cannot be. */
function orElse(read, otherwise) {
  try {
    return read();
  } catch {
    return otherwise;
  }
}

function unreachable(address, port) {
  const local = isIP(address) === 6 ? ':::0' : '0.0.0.0:0';
  const error = new Error(`connect ENETUNREACH ${address}:${port} - Local (${local})`);
  return Object.assign(error, { errno: -101, code: 'ENETUNREACH', syscall: 'connect', address, port });
}
