const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });

globalThis.run = (servers, options) => {
  worker.postMessage({ servers, options });
  return new Promise((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
  });
};
