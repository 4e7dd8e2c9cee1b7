import packageFile from '../../package.json' with { type: 'json' };

/** The version of this Triad, as package.json has it. */
export const TRIAD_VERSION: string = packageFile.version;
