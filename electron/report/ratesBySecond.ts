import type { ShardLedger } from '../shared/domain/failover.ts';

/** Writes within one second of a trial, counted from the fault, per shard in the order given. */
export interface SecondOfWrites {
  readonly second: number;
  readonly shards: readonly { readonly acknowledged: number; readonly failed: number }[];
}

/** The buckets of all shards gathered into whole seconds; a bucket counts where it begins. */
export function ratesBySecond(shards: readonly Pick<ShardLedger, 'rate'>[]): readonly SecondOfWrites[] {
  const secondOf = (rate: ShardLedger['rate'], index: number): number => Math.floor((rate.fromMs + index * rate.bucketMs) / 1000);
  const seconds = new Set(shards.flatMap(({ rate }) => rate.acknowledged.map((_, index) => secondOf(rate, index))));
  return [...seconds]
    .toSorted((one, other) => one - other)
    .map((second) => ({
      second,
      shards: shards.map(({ rate }) => {
        const sum = (counts: readonly number[]): number =>
          counts.reduce((total, count, index) => (secondOf(rate, index) === second ? total + count : total), 0);
        return { acknowledged: sum(rate.acknowledged), failed: sum(rate.failed) };
      }),
    }));
}
