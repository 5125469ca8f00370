import { filesAreRead } from './files.mts';

filesAreRead('in memory', async () => undefined, false);
