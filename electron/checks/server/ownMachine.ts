import { message } from '../../shared/messages/message.ts';
import type { Judgement } from '../check.ts';
import { eachServer } from '../eachServer.ts';
import { evidenceOf } from '../evidence.ts';

/** SMBIOS UUIDs that boards carry when nobody set one (systemd's own list): equal ones prove nothing. */
const MEANINGLESS_HARDWARE_IDS: readonly string[] = [
  '00000000000000000000000000000000',
  'ffffffffffffffffffffffffffffffff',
  '03000200040005000006000700080009',
];

function hardwareIdOf(raw: string | null): string | null {
  const id = (raw ?? '').toLowerCase().replaceAll('-', '').trim();
  return /^[0-9a-f]{32}$/u.test(id) && !MEANINGLESS_HARDWARE_IDS.includes(id) ? id : null;
}

/**
 * Each address is a machine of its own. Redis tells hosts apart by the text of their addresses, so a server with two addresses would hold a
 * master and its replica without anybody noticing; the identity of installation and hardware tells.
 */
export const ownMachine = eachServer(
  'server.ownMachine',
  ['pass', 'fail'],
  (facts, _context, all): Judgement => {
    const expected = message('check.server.ownMachine.expected');
    const hardwareId = hardwareIdOf(facts.hardwareId);
    const { machineId } = facts;
    const evidence = evidenceOf({ machineId, hardwareId: facts.hardwareId, bootId: facts.bootId, hostName: facts.hostName });
    const others = all.filter((one) => one.server !== facts.server);
    const sameHardware = others.filter((one) => hardwareId !== null && hardwareIdOf(one.hardwareId) === hardwareId);
    const sameInstallation = others.filter((one) => machineId !== '' && one.machineId === machineId);
    if (sameHardware.length > 0)
      return {
        verdict: 'fail',
        expected,
        observed: message('check.server.ownMachine.sameHardware', { others: sameHardware.map((one) => one.server).join(', ') }),
        evidence,
        remedy: message('check.server.ownMachine.sameHardware.remedy'),
      };
    if (sameInstallation.length > 0)
      return {
        verdict: 'fail',
        expected,
        observed: message('check.server.ownMachine.sameInstallation', { others: sameInstallation.map((one) => one.server).join(', ') }),
        evidence,
        remedy: message('check.server.ownMachine.sameInstallation.remedy'),
      };
    // `uninitialized` is what systemd writes into the machine-id of an image before its first boot.
    if (machineId === '' || machineId === 'uninitialized')
      return {
        verdict: 'unknown',
        expected,
        observed: message('check.server.ownMachine.unknown'),
        evidence,
        remedy: message('check.unread.remedy'),
      };
    return {
      verdict: 'pass',
      expected,
      observed: message('check.server.ownMachine.observed', { hostName: facts.hostName, machineId }),
      evidence,
    };
  },
  { comparesServers: true },
);
