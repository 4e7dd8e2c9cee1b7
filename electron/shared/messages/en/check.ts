/** Texts of the check room. Every code begins with `check.`. */
export const checkTexts = {} as const;
