/** Gives a worker the servers, and waits for its results. */
export function ask(worker, servers) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(servers, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
}
