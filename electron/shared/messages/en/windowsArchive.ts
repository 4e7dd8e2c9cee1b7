/** What is said of an archive with Redis for Windows servers: `{{reason}}` of a refusal, and what an administrator must know before using one. */
export const windowsArchiveTexts = {
  'windowsArchive.kind.gzip': 'a gzip (tar.gz)',
  'windowsArchive.kind.7z': 'a 7z archive',
  'windowsArchive.kind.rar': 'a RAR archive',
  'windowsArchive.kind.program': 'a program',
  'windowsArchive.kind.other': 'something else',
  'windowsArchive.noProgram': 'no program of Windows',
  'windowsArchive.zip.noEnd': 'its end is missing',
  'windowsArchive.zip.layout': 'its parts do not lie as the packer of a release writes them',
  'windowsArchive.zip.tooMany': '{{count}} parts, more than {{limit}}',
  'windowsArchive.zip.special': 'a link, a volume or a device',
  'windowsArchive.zip.path': 'a name that could lead out of a folder',
  'windowsArchive.zip.twice': 'the same name twice',
  'windowsArchive.zip.encrypted': 'it is encrypted',
  'windowsArchive.zip.method': 'packed in a way that no release is',
  'windowsArchive.zip.tooLarge': 'more than {{limit}}',
  'windowsArchive.zip.ratio': 'it unpacks to far more than it should',
  'windowsArchive.zip.unpack': 'its content is not the one that was packed',
  'windowsArchive.refused.garnet':
    'it is Garnet, which promotes no replica by itself when a master is lost, so that the failover test cannot pass',
  'windowsArchive.refused.memurai': 'it is Memurai without its installer and its licence file',
  'windowsArchive.refused.valkey': 'it is Valkey, of which no build for Windows was tried with Triad',
  'windowsArchive.refused.cygwin':
    'its programs are built for Cygwin, whose service was seen to stop by itself where the msys2 build of the same release did not',
  'windowsArchive.refused.msOpenTech':
    'it is the port by MSOpenTech and tporadowski, whose last version is Redis 5.0.14: nobody has fixed security holes in it since 2022',
  'windowsArchive.refused.zkteco': 'it is the build by zkteco-home, of which nobody but its maker can see the source',
  'windowsArchive.refused.noServer': 'there is no redis-server.exe in it',
  'windowsArchive.refused.manyServers': 'there is more than one redis-server.exe in it, and which is meant is not for Triad to guess',
  'windowsArchive.refused.folder': 'its files do not lie in one folder of their own, as in a release',
  'windowsArchive.refused.otherBuild':
    'its redis-server.exe is not linked with msys-2.0.dll: it is another build than that of redis-windows',
  'windowsArchive.refused.noVersion': 'neither the file nor the folder in it names a released version, like {{example}}',
  'windowsArchive.refused.twoVersions': 'the folder in it is of version {{inside}}, and the file is called {{outside}}',
  'windowsArchive.refused.otherVersionInside': 'its name says version {{version}}, and redis-server.exe does not',
  'windowsArchive.origin':
    'By its layout it is a build by redis-windows for msys2: made automatically from the source of Redis, tried there by one write and one read, without a signature, and by its makers recommended for development only.',
  'windowsArchive.support': 'No Redis for Windows is supported by Redis or by OutSystems. Linux servers are recommended.',
  'windowsArchive.licence':
    'Licence of Redis {{version}}: {{licence}}. You accept it when you install; Triad passes no Redis for Windows on.',
  'windowsArchive.libraries':
    'The libraries beside it have licences of their own: LGPL for the msys2 runtime, Apache for OpenSSL, GPL with the runtime exception for those of the compiler.',
  'windowsArchive.serviceLeftOut':
    '{{name}} is left out: it stops Redis without its password and on the wrong port, and stays "running" when Redis has died. Triad runs Redis with a service program of its own.',
  'windowsArchive.trust.listed': 'The SHA-256 is in the list of releases that Triad brings.',
  'windowsArchive.trust.published': 'The SHA-256 is the one that you took from the release page.',
  'windowsArchive.trust.typed': 'Used on your word alone: nobody else vouches for this file.',
  'windowsArchive.trust.nobody': 'Nobody vouches for this file yet.',
  'windowsArchive.trust.different': 'This is another file than the one whose SHA-256 you gave. Do not install it.',
  'windowsArchive.trust.mistyped': 'This is not how the SHA-256 of the file begins.',
} as const;
