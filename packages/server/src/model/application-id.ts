/** Client ids of applications. Dataverse knows them as GUIDs; any other text stands for a GUID derived from it. */
import { stableGuid } from './stable-guid.ts';

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The value of `systemuser.applicationid` for a client id. */
export function applicationIdOf(clientId: string): string {
  return guid.test(clientId) ? clientId.toLowerCase() : stableGuid(`application:${clientId}`);
}
