// For how long a request waits for its answer.

/** Give a signal that ends a request after a time; AbortSignal.timeout is missing on iPads up to iPadOS 15. */
export function endsAfter(milliseconds) {
  const control = new AbortController();
  setTimeout(() => control.abort(), milliseconds);
  return control.signal;
}
