// Node-RED without its editor: the flow alone is served, and only to this machine.
module.exports = {
  uiHost: "127.0.0.1",
  uiPort: 9111,
  httpAdminRoot: false,
  credentialSecret: false,
  telemetry: { enabled: false },
  logging: { console: { level: "error", metrics: false, audit: false } },
};
