/** Gives a worker what the suite takes, and waits for its results. */
export function ask(worker, servers, options) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ servers, options }, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
}
