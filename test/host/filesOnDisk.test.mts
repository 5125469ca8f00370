import { keepFilesOnDisk } from './engine.mts';
import { filesAreRead } from './files.mts';

filesAreRead('on disk', keepFilesOnDisk, true);
