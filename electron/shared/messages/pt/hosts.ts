import type { hostsTexts as english } from '../en/hosts.ts';

/** The texts of `en/hosts.ts` in Portuguese. */
export const hostsTexts = {
  'hosts.key.empty': 'the file is empty',
  'hosts.key.none': 'there is no key in it',
  'hosts.key.public': 'it is a public key',
  'hosts.key.otherType': 'a key of type {{type}} must be in the OpenSSH format',
  'hosts.noAnswer': 'no answer within {{seconds}} s',
  'hosts.exitCode': 'exit code {{code}}',
  'hosts.notLinux': 'it runs {{system}}, not Linux',
  'hosts.earlierBatch': 'the changes of an earlier run whose connection was lost are still going on',
  'hosts.noProc': '/proc cannot be read',
  'hosts.noBash': 'bash: not found',
} as const satisfies Record<keyof typeof english, string>;
