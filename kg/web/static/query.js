// The editor: this server's endpoint alone, our prefixes, the saved queries.
"use strict";

(() => {
  const config = JSON.parse(document.getElementById("config").textContent);
  const place = document.getElementById("yasgui");
  const endpoint = new URL("/sparql", location.href).href;
  const first = config.query || config.saved["neighbours"];

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

  for (const link of document.querySelectorAll("[data-query]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.replaceState(null, "", link.href);
      show(config.saved[link.dataset.query]);
    });
  }

  for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);
  if (config.query) show(config.query);
  document.body.dataset.ready = "yes";
})();
