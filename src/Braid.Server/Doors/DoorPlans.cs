using Braid.Gateway.ClearML;
using Braid.Gateway.MLflow;
using Braid.Gateway.Web;
using Braid.Server.Options;
using Microsoft.AspNetCore.Builder;

namespace Braid.Server.Doors;

/// <summary>Every door: its name, its limits, and what lies behind it.</summary>
internal sealed class DoorPlans(ServeOptions options, Stores stores, Rooms rooms)
{
    private const long smallBody = 1 << 20;

    /// <summary>ClearML's SDK sends slices of up to 15 MiB.</summary>
    private const long eventBatches = 32 << 20;

    public IReadOnlyList<DoorPlan> All() =>
        [
            Plan("clearml", options.Ports.ClearML, OpenClearML) with
            {
                LargestBody = eventBatches,
            },
            Plan("mlflow", options.Ports.MLflow, OpenMLflow),
            Plan("web", options.Ports.Web, OpenWeb) with
            {
                LargestBody = smallBody,
            },
        ];

    private DoorPlan Plan(string name, int port, Action<WebApplication> map) =>
        new(name, options.Bind, port, map) { LoopbackNamesOnly = options.IsOpen };

    private void OpenClearML(WebApplication app) =>
        ClearMLDoor.MapApi(
            app,
            new()
            {
                Access = stores.Authenticator,
                Ids = stores.Ids,
                Clock = stores.Clock,
            }
        );

    private void OpenMLflow(WebApplication app) =>
        MLflowDoor.Map(
            app,
            new()
            {
                Authenticator = stores.Authenticator,
                Projects = rooms.Projects,
                Runs = rooms.Runs,
                Series = rooms.Series,
                Models = rooms.Models,
                Registry = rooms.Registry,
                Inputs = rooms.Inputs,
                Artifacts = rooms.Artifacts,
                Ids = stores.Ids,
            }
        );

    private void OpenWeb(WebApplication app) =>
        WebDoor.Map(
            app,
            new(
                stores.Database,
                stores.Authenticator,
                rooms.Projects,
                rooms.Runs,
                rooms.Series,
                rooms.Logs,
                rooms.Inputs,
                rooms.Models
            )
        );
}
