/** Texts of the change room. Every code begins with `change.`. */
export const changeTexts = {} as const;
