/** Keeps a text in the browser's store; where there is no room for it, the page goes on without. */
export function keep(store: Storage, name: string, text: string): void {
  try {
    store.setItem(name, text);
  } catch {
    // A list or a setting is gone after a reload: no reason to stop a gate.
  }
}
