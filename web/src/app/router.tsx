import { createBrowserRouter } from "react-router";
import { Crash } from "./Crash.tsx";
import { NotFound } from "./NotFound.tsx";
import { Shell } from "./Shell.tsx";

/** Every page; each is loaded when it is opened first. A page's folder is the capability that it shows. */
export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Crash />,
    children: [
      {
        errorElement: <Crash />,
        // The side bar is there before the page is.
        hydrateFallbackElement: <></>,
        children: [
          { index: true, lazy: async () => ({ Component: (await import("../home/HomePage.tsx")).HomePage }) },
          { path: "runs", lazy: async () => ({ Component: (await import("../runs/RunsPage.tsx")).RunsPage }) },
          {
            path: "runs/:id",
            lazy: async () => ({ Component: (await import("../run/RunPage.tsx")).RunPage }),
            children: [
              { index: true, lazy: async () => ({ Component: (await import("../run/OverviewTab.tsx")).OverviewTab }) },
              { path: "scalars", lazy: async () => ({ Component: (await import("../run/ScalarsTab.tsx")).ScalarsTab }) },
              { path: "plots", lazy: async () => ({ Component: (await import("../plots/PlotsTab.tsx")).PlotsTab }) },
              { path: "samples", lazy: async () => ({ Component: (await import("../samples/SamplesTab.tsx")).SamplesTab }) },
              { path: "console", lazy: async () => ({ Component: (await import("../run/ConsoleTab.tsx")).ConsoleTab }) },
              { path: "configuration", lazy: async () => ({ Component: (await import("../run/ConfigurationTab.tsx")).ConfigurationTab }) },
              { path: "artifacts", lazy: async () => ({ Component: (await import("../run/ArtifactsTab.tsx")).ArtifactsTab }) },
              { path: "models", lazy: async () => ({ Component: (await import("../run/ModelsTab.tsx")).ModelsTab }) },
              { path: "environment", lazy: async () => ({ Component: (await import("../run/EnvironmentTab.tsx")).EnvironmentTab }) },
              { path: "resources", lazy: async () => ({ Component: (await import("../run/ResourcesTab.tsx")).ResourcesTab }) },
              { path: "outputs", lazy: async () => ({ Component: (await import("../run/OutputsTab.tsx")).OutputsTab }) },
              { path: "code", lazy: async () => ({ Component: (await import("../run/CodeTab.tsx")).CodeTab }) },
            ],
          },
          { path: "models", lazy: async () => ({ Component: (await import("../models/ModelsPage.tsx")).ModelsPage }) },
          { path: "models/name/:name", lazy: async () => ({ Component: (await import("../models/NamePage.tsx")).NamePage }) },
          { path: "models/:id", lazy: async () => ({ Component: (await import("../models/ModelPage.tsx")).ModelPage }) },
          {
            path: "queues",
            lazy: async () => ({ Component: (await import("../queues/QueuesPage.tsx")).QueuesPage }),
            children: [
              { index: true, lazy: async () => ({ Component: (await import("../queues/QuotaTab.tsx")).QuotaTab }) },
              { path: "work", lazy: async () => ({ Component: (await import("../queues/WorkTab.tsx")).WorkTab }) },
              { path: "lists", lazy: async () => ({ Component: (await import("../queues/QueueTab.tsx")).QueueTab }) },
              { path: "machines", lazy: async () => ({ Component: (await import("../queues/MachinesTab.tsx")).MachinesTab }) },
              { path: "history", lazy: async () => ({ Component: (await import("../queues/HistoryTab.tsx")).HistoryTab }) },
            ],
          },
          { path: "storage", lazy: async () => ({ Component: (await import("../storage/StoragePage.tsx")).StoragePage }) },
          {
            path: "admin",
            lazy: async () => ({ Component: (await import("../admin/AdminPage.tsx")).AdminPage }),
            children: [
              { index: true, lazy: async () => ({ Component: (await import("../admin/HealthTab.tsx")).HealthTab }) },
              { path: "people", lazy: async () => ({ Component: (await import("../admin/PeopleTab.tsx")).PeopleTab }) },
              { path: "keys", lazy: async () => ({ Component: (await import("../admin/KeysTab.tsx")).KeysTab }) },
              { path: "secrets", lazy: async () => ({ Component: (await import("../admin/SecretsTab.tsx")).SecretsTab }) },
              { path: "settings", lazy: async () => ({ Component: (await import("../admin/SettingsTab.tsx")).SettingsTab }) },
              { path: "audit", lazy: async () => ({ Component: (await import("../admin/AuditTab.tsx")).AuditTab }) },
            ],
          },
          { path: "explore", lazy: async () => ({ Component: (await import("../explore/ExplorePage.tsx")).ExplorePage }) },
          { path: "compare", lazy: async () => ({ Component: (await import("../compare/ComparePage.tsx")).ComparePage }) },
          { path: "data", lazy: async () => ({ Component: (await import("../data/ReposPage.tsx")).ReposPage }) },
          { path: "data/:project/:repo", lazy: async () => ({ Component: (await import("../data/RepoPage.tsx")).RepoPage }) },
          { path: "data/:project/:repo/:commit/*", lazy: async () => ({ Component: (await import("../data/PlacePage.tsx")).PlacePage }) },
          { path: "pipelines", lazy: async () => ({ Component: (await import("../pipelines/PipelinesPage.tsx")).PipelinesPage }) },
          { path: "pipelines/new", lazy: async () => ({ Component: (await import("../pipeline/EditPage.tsx")).NewPage }) },
          { path: "pipelines/:project/:pipeline/edit", lazy: async () => ({ Component: (await import("../pipeline/EditPage.tsx")).EditPage }) },
          {
            path: "pipelines/:project/:pipeline",
            lazy: async () => ({ Component: (await import("../pipeline/PipelinePage.tsx")).PipelinePage }),
            children: [
              { index: true, lazy: async () => ({ Component: (await import("../pipeline/JobsTab.tsx")).JobsTab }) },
              { path: "spec", lazy: async () => ({ Component: (await import("../pipeline/SpecTab.tsx")).SpecTab }) },
              { path: "data", lazy: async () => ({ Component: (await import("../pipeline/DataTab.tsx")).DataTab }) },
            ],
          },
          {
            path: "jobs/:project/:pipeline/:id",
            lazy: async () => ({ Component: (await import("../job/JobPage.tsx")).JobPage }),
            children: [
              { index: true, lazy: async () => ({ Component: (await import("../job/DatumsTab.tsx")).DatumsTab }) },
              { path: "logs", lazy: async () => ({ Component: (await import("../job/LogsTab.tsx")).LogsTab }) },
              { path: "data", lazy: async () => ({ Component: (await import("../job/DataTab.tsx")).DataTab }) },
            ],
          },
          { path: "*", element: <NotFound /> },
        ],
      },
    ],
  },
]);
