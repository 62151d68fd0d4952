// The editor: this server's endpoint alone, our prefixes, a form for values.
"use strict";

(() => {
  const config = JSON.parse(document.getElementById("config").textContent);
  const place = document.getElementById("yasgui");
  const endpoint = new URL("/sparql", location.href).href;
  const first = config.query || config.first;

  Yasgui.Yasqe.defaults.value = first;
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    persistenceId: "kg",
    autofocus: true,
    yasqe: { value: first, createShareableLink: null },
    yasr: { prefixes: config.prefixes },
  });

  function show(query) {
    const tab = yasgui.getTab();
    tab.setEndpoint(endpoint);
    tab.setQuery(query);
    tab.getYasqe().focus();
  }

  // Names are suggested by the server while one is typed.
  for (const field of document.querySelectorAll("input[list]")) {
    field.addEventListener("input", async () => {
      const words = field.value;
      const answer = await fetch(`/api/search?limit=8&q=${encodeURIComponent(words)}`);
      if (!answer.ok || field.value !== words) return;
      const { found } = await answer.json();
      const options = found.map(({ name }) => Object.assign(document.createElement("option"), { value: name }));
      field.list.replaceChildren(...options);
    });
  }

  for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);
  if (config.query) show(config.query);
  if (config.ask) yasgui.getTab().query().catch(() => {});
  document.body.dataset.ready = "yes";
})();
