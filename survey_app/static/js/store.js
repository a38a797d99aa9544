// What waits on this device, under random ids. No time, no order, no language.

/** Give a store of this device: `put` and `remove` return when that is on disk. */
export function storeOf(name, store) {
  const within = (mode, act) => run(name, store, mode, act);
  return {
    put: (item) => within("readwrite", (kept) => kept.put(item)),
    remove: (id) => within("readwrite", (kept) => kept.delete(id)),
    get: (id) => within("readonly", (kept) => kept.get(id)),
    all: () => within("readonly", (kept) => kept.getAll()),
  };
}

function opened(name, store) {
  const asked = indexedDB.open(name, 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore(store, { keyPath: "id" });
  return done(asked);
}

/** Run one request in a transaction; return when it is on disk. */
async function run(name, store, mode, act) {
  const database = await opened(name, store);
  try {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    const asked = act(transaction.objectStore(store));
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
    return asked.result;
  } finally {
    database.close();
  }
}

function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

// Locked answers of the enkät: {id, round, sealed, refused?}.
export const { put, remove, all } = storeOf("survey-app", "outbox");
