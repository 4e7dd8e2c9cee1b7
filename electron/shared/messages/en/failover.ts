/** Texts of the failover room. Every code begins with `failover.`. */
export const failoverTexts = {} as const;
