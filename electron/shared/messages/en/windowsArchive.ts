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
  'windowsArchive.refused.memurai': 'it has parts of Memurai, and memurai.exe itself is not among them',
  'windowsArchive.refused.memuraiVersion':
    'it is Memurai, and memurai.exe does not tell of which Redis (found: {{found}}). Name the zip by what `INFO` says as redis_version, like Memurai-redis-7.4.9.zip, or give it as redis.version',
  'windowsArchive.refused.licenceName':
    'its licence file "{{name}}" has a character in its name that does not go to servers, such as a blank. Rename it to letters, digits, dots, hyphens and underscores, like memurai.lic, and make the zip again',
  'windowsArchive.refused.valkey': 'it is Valkey, of which no build for Windows was tried with Triad',
  'windowsArchive.refused.cygwin':
    'its programs are built for Cygwin, whose service was seen to stop by itself where the msys2 build of the same release did not',
  'windowsArchive.refused.msOpenTech':
    'it is the port by MSOpenTech and tporadowski, whose last version is Redis 5.0.14: nobody has fixed security holes in it since 2022',
  'windowsArchive.refused.zkteco': 'it is the build by zkteco-home, of which nobody but its maker can see the source',
  'windowsArchive.refused.noServer': 'there is no redis-server.exe in it',
  'windowsArchive.refused.manyServers': 'there is more than one {{name}} in it, and which is meant is not for Triad to guess',
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
  'windowsArchive.name.redis': 'Redis {{version}}',
  'windowsArchive.name.memurai': 'Memurai {{product}} (compatible with Redis {{version}})',
  'windowsArchive.experimental':
    'Experimental: Triad was never tried with the real {{name}}, only with a stand-in that takes its place. Use it where nothing depends on it.',
  'windowsArchive.memurai.howTo':
    'On any Windows machine `msiexec /a Memurai.msi /qn TARGETDIR=C:\\unpacked` only unpacks it and installs nothing; the program folder of an installed Memurai (usually `C:\\Program Files\\Memurai`) and its NuGet package (MemuraiDeveloper.nupkg, as it is, not for production) do as well. Put your licence file beside memurai.exe, then in Windows Explorer: right-click the folder, Send to, Compressed (zipped) folder. Other packers may write what Triad refuses.',
  'windowsArchive.memurai.origin':
    'By its layout it is Memurai {{product}}, a commercial program by Janea Systems for Windows, which by its own word is compatible with Redis {{version}}; what a running node says of itself counts.',
  'windowsArchive.memurai.licence':
    'Its licence is commercial. Since 4.2 it starts only with a licence file, which sets until when, how many instances (this cluster needs six, two on each server), how much memory and how many clients. The file that comes with it is for development; the Developer edition is not for production and stops after ten days. You accept the licence when you install. Triad brings no Memurai; a config bundle with programs brings yours, with its licence file.',
  'windowsArchive.memurai.licenceFiles': 'Taken along as licence files: {{files}}.',
  'windowsArchive.memurai.noLicenceFile':
    'No licence file lies beside memurai.exe: since 4.2 it does not start without one. Put yours there before you make the zip.',
  'windowsArchive.memurai.limits':
    'The limits of the msys2 builds (3000 clients, a copy of all memory at each save) are not set and not checked. How much memory it takes while it saves is not known here: leave room for twice the data.',
  'windowsArchive.serviceLeftOut':
    '{{name}} is left out: it stops Redis without its password and on the wrong port, and stays "running" when Redis has died. Triad runs Redis with a service program of its own.',
  'windowsArchive.trust.listed': 'The SHA-256 is in the list of releases that Triad brings.',
  'windowsArchive.trust.published': 'The SHA-256 is the one that you gave.',
  'windowsArchive.trust.typed': 'Used on your word alone: nobody else vouches for this file.',
  'windowsArchive.trust.nobody': 'Nobody vouches for this file yet.',
  'windowsArchive.trust.different': 'This is another file than the one whose SHA-256 you gave. Do not install it.',
  'windowsArchive.trust.mistyped': 'This is not how the SHA-256 of the file begins.',
  'cli.about.redisWindows': 'look into an archive with Redis for Windows servers, which you supply',
  'cli.about.redisWindowsInspect': 'show what is in the archive, and whether it may be used; changes nothing',
  'cli.option.releaseHash': 'SHA-256 of the file as its release page gives it',
  'cli.option.useAnyway': 'the first 8 characters of its SHA-256: use it though nobody vouches for it',
  'cli.option.redisVersion': 'version that it must hold',
  'cli.windowsArchive.memurai': 'A zip of Memurai, as an experiment: {{howTo}}',
  'cli.windowsArchive.title': '{{name}}: {{redis}} for Windows servers (x64), {{size}}',
  'cli.windowsArchive.programs': 'Goes to every Windows server',
  'cli.windowsArchive.leftOut': 'Stays behind',
  'cli.windowsArchive.before': 'Before you use it',
  'cli.windowsArchive.trust': 'Who vouches for it',
  'cli.windowsArchive.compare':
    'Compare the SHA-256 with the one on {{page}}, and run this again with --sha256 and the one that stands there.',
  'cli.windowsArchive.compareOwn':
    'Nobody publishes the hash of a zip that you made: run this again with --sha256 and the one that you noted when you made it, or with --use-anyway and its first 8 characters.',
  'cli.windowsArchive.ask': 'To use it without that, on your word alone, type the first {{count}} characters of its SHA-256:',
  'cli.windowsArchive.specification': 'For the specification',
  'cli.windowsArchive.experimental': 'With the line `experimental` you say yes to that. Without it nothing is installed.',
  'cli.windowsArchive.notUsable': 'It is not to be used yet.',
  'cli.usage.releaseHash': '--sha256: 64 hexadecimal digits are needed',
  'cli.usage.redisVersion': '--redis-version: three numbers are needed, like 8.2.1',
} as const;
