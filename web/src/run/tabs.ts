/** The tabs of a run's page; the digits open the first nine. */
export const tabs = [
  { path: "", title: "Overview" },
  { path: "scalars", title: "Scalars" },
  { path: "plots", title: "Plots" },
  { path: "samples", title: "Samples" },
  { path: "console", title: "Console" },
  { path: "configuration", title: "Configuration" },
  { path: "artifacts", title: "Artifacts" },
  { path: "models", title: "Models" },
  { path: "outputs", title: "Data" },
  { path: "code", title: "Code" },
  { path: "environment", title: "Environment" },
  { path: "resources", title: "Resources" },
];
