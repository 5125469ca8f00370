// The profiles that come with the package.

import { readProfile } from '../profile/profile';
import tokenImRestV1 from './tokenim-rest-v1.json';

/** TokenIM REST v1, as docs/tokenim-rest-v1.openapi.yaml has it: what holds unless the user brings another profile. */
export const defaultProfile = readProfile(tokenImRestV1);
