/** Texts of the report room. Every code begins with `report.`. */
export const reportTexts = {} as const;
