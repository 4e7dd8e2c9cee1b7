/** What the preload publishes as `window.triad`. Everything crosses as structured clones; both ends parse it. */
export interface TriadBridge {
  /** Resolves with a `Reply`; never rejects for a known procedure. */
  call(name: string, input: unknown): Promise<unknown>;
  /** Calls the listener with batches (arrays) of values until the returned function is called. */
  subscribe(name: string, input: unknown, listener: (values: readonly unknown[]) => void): () => void;
}
