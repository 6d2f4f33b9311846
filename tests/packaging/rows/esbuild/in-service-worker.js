await navigator.serviceWorker.register("./service-worker.js");
const { active } = await navigator.serviceWorker.ready;

globalThis.run = (servers, options) => {
  const { port1, port2 } = new MessageChannel();
  active.postMessage({ servers, options }, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
  });
};
