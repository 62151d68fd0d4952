// The editor: this server's endpoint alone, our prefixes, the saved queries.
"use strict";

(() => {
  const config = JSON.parse(document.getElementById("config").textContent);
  const place = document.getElementById("yasgui");
  const endpoint = new URL("/sparql", location.href).href;
  const first = config.query || config.saved[0].query;

  Yasgui.Yasqe.defaults.value = first;
  const yasgui = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST" },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    persistenceId: "kg",
    autofocus: true,
    yasqe: { value: first, addPrefixes: config.prefixes, createShareableLink: null },
    yasr: { prefixes: config.prefixes },
  });

  const byName = new Map(config.saved.map((one) => [one.name, one.query]));

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
      show(byName.get(link.dataset.query));
    });
  }

  for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint);
  if (config.query) show(config.query);
  document.body.dataset.ready = "yes";
})();
