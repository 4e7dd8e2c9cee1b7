/** How access lists of files on Windows servers are written; for those who put them into instructions and never talk to a server. */
export { sddlFor } from './windows/accessList.ts';
