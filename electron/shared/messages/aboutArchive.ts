import type { Message } from '../domain/message.ts';
import { licencePartOf, type WindowsArchive } from '../domain/windowsArchive.ts';
import { message } from './message.ts';

/** The service program of redis-windows that is not taken along. */
const OTHER_SERVICE = /(?:^|\/)redisservice\.exe$/iu;

/** What an administrator must know of Memurai. */
function aboutMemurai({ files, productVersion, version }: WindowsArchive): readonly Message[] {
  const licences = files.map(({ name }) => name).filter((name) => licencePartOf(name) === 'file');
  return [
    message('windowsArchive.memurai.origin', { product: productVersion ?? '?', version }),
    message('windowsArchive.memurai.licence'),
    licences.length === 0
      ? message('windowsArchive.memurai.noLicenceFile')
      : message('windowsArchive.memurai.licenceFiles', { files: licences.join(', ') }),
    message('windowsArchive.memurai.limits'),
  ];
}

/** What an administrator must know before an archive for Windows servers is used: where it comes from, its licences, its limits. */
export function aboutArchive(archive: WindowsArchive): readonly Message[] {
  const { distribution, version, licence, leftOut } = archive;
  if (distribution === 'memurai') return aboutMemurai(archive);
  const service = leftOut.find((one) => OTHER_SERVICE.test(one));
  return [
    message('windowsArchive.origin'),
    message('windowsArchive.licence', { version, licence }),
    message('windowsArchive.libraries'),
    ...(service === undefined ? [] : [message('windowsArchive.serviceLeftOut', { name: service })]),
  ];
}

/** An archive's Redis in words: `Redis 8.2.1`, or the distribution's own name and version and what it is compatible with. */
export function nameOfArchive({
  distribution,
  version,
  productVersion,
}: Pick<WindowsArchive, 'distribution' | 'version' | 'productVersion'>): Message {
  return distribution === 'memurai'
    ? message('windowsArchive.name.memurai', { product: productVersion ?? '?', version })
    : message('windowsArchive.name.redis', { version });
}
