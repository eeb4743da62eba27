/** For `node --import`: tells the process that started this one which port it listens on. */
import { tracingChannel } from 'node:diagnostics_channel';
import type { AddressInfo, Server } from 'node:net';

tracingChannel('net.server.listen').asyncEnd.subscribe((event) => {
  process.send?.((event as { readonly server: Server }).server.address() as AddressInfo);
});
