/** Texts of the phase room. Every code begins with `phase.`. */
export const phaseTexts = {} as const;
