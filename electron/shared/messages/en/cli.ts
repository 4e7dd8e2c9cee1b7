/** Texts of the cli room. Every code begins with `cli.`. */
export const cliTexts = {} as const;
