/**
 * Says how many files knip looked at: with a wrong configuration it looks at none and is content.
 * @type {import('knip').Reporter}
 */
export default function reportCount({ counters }) {
  process.stdout.write(`files seen by knip: ${counters.processed}\n`);
}
