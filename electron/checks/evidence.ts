/** Raw facts in one line, `name=value name=value`, for the evidence of a check; a list or an object is written as JSON. */
export function evidenceOf(facts: Readonly<Record<string, unknown>>): string {
  return Object.entries(facts)
    .map(([name, value]) => `${name}=${typeof value === 'string' && value !== '' ? value : JSON.stringify(value ?? null)}`)
    .join(' ');
}
