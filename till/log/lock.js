// One writer: of all windows of this browser, the one that holds the lock has the till.

const NAME = "ayil-till";
const CHANNEL = "ayil-till-window";

/**
 * Resolves once this window has the till. `onWait()` is called where another has it, with a
 * function that asks it to let go. `mayLetGo()` says whether this one can; then it loads anew.
 */
export function takeTill({ onWait, mayLetGo }) {
  const channel = new BroadcastChannel(CHANNEL);
  return new Promise((resolve) => {
    const hold = () => {
      resolve();
      return new Promise((letGo) => {
        channel.onmessage = (event) => {
          if (event.data !== "let go" || !mayLetGo()) return;
          letGo();
          location.reload();
        };
      });
    };
    navigator.locks.request(NAME, { ifAvailable: true }, (lock) => {
      if (lock) return hold();
      onWait(() => channel.postMessage("let go"));
      navigator.locks.request(NAME, hold);
      return undefined;
    });
  });
}
