/** Texts of the wizard's step Install. */
export const windowInstallTexts = {} as const;
