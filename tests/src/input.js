// Runs in a browser without a driver: asks the server what to do, does it, and answers.
(async () => {
  let last = 0;
  for (let asked = 0; ; asked += 1) {
    const answer = await fetch(`./ORDER?${asked}`, { cache: 'no-store' }).catch(() => null);
    const order = answer && answer.ok ? await answer.json() : { number: 0 };
    if (order.number > last) {
      last = order.number;
      // Side by side: what waits in the page does not keep it from being asked something else.
      (async () => proof[order.what](...order.with))()
        .then((done) => ({ answer: done ?? null }), (error) => ({ error: String(error) }))
        // The service worker leaves a POST alone, and the server takes down what it refuses.
        .then((said) => fetch(`./prove-answer/${last}?${encodeURIComponent(JSON.stringify(said))}`, { method: 'POST' }));
    } else {
      await new Promise((go) => setTimeout(go, 4));
    }
  }
})();
