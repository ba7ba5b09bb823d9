// Has the week kept for a gym without a network, by the service worker.

export async function keepForLater({ worker, scope, keep }, shown) {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(worker, { scope });
  const { active } = await navigator.serviceWorker.ready;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data: { kept } }) => { shown.hidden = !kept; };
  active.postMessage({ keep }, [port2]);
}
