/** For `node --import`: makes the hash cheap in a process of its own, for as long as it lasts. */
import { makeHashQuick } from './quick-hash.ts';

makeHashQuick();
