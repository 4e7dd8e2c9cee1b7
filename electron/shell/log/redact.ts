/** Takes secrets out of texts before they are written. */
export interface Redactor {
  /** Remembers a secret (in memory only): it is taken out of every later text. */
  hide(secret: string): void;
  redact(text: string): string;
}

/** What stands in the place of a secret. */
export const HIDDEN = '[hidden]';

/** Shorter ones stand in ordinary words, and taking them out would show what they are. */
const MIN_SECRET_LENGTH = 3;

/** Things that look like secrets, wherever they come from: the text after what the first group keeps is hidden. */
const SHAPES: readonly RegExp[] = [
  /()-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/gu,
  // A name of something secret, a sign, and its value: in JSON (also quoted once more), YAML, or an environment.
  /((?:passwo?r?d|passphrase|requirepass|masterauth|secret|token)(?:\\?["'])?\s*[=:]\s*(?:\\?["'])?)[^\s"'\\,;}\]]+/giu,
  // In Redis' configuration, or on a command line.
  // Triad writes bytes of it as `\xHH` there.
  /((?:\b(?:requirepass|masterauth)|(?<=\s)-a)\s+(?:\\?["'])?)(?:\\{1,2}x[0-9a-f]{2}|[^\s"'\\])+/giu,
  /([a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:)[^\s/@]+(?=@)/giu,
];

/** Makes a redactor that knows no secret yet, only what secrets look like. */
export function createRedactor(): Redactor {
  const secrets = new Set<string>();
  return {
    hide: (secret) => {
      if (secret.length < MIN_SECRET_LENGTH) return;
      // As it is, as JSON writes it, and as an address does, which cannot hold half a character.
      for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(Buffer.from(secret).toString())])
        secrets.add(form);
    },
    redact: (text) => {
      // Longer ones first: one secret may be a part of another.
      const known = [...secrets].toSorted((a, b) => b.length - a.length);
      const withoutKnown = known.reduce((rest, secret) => rest.replaceAll(secret, () => HIDDEN), text);
      return SHAPES.reduce((rest, shape) => rest.replace(shape, (_, kept: string) => `${kept}${HIDDEN}`), withoutKnown);
    },
  };
}
