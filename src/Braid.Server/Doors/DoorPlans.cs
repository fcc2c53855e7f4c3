using Braid.Gateway.ClearML;
using Braid.Gateway.MLflow;
using Braid.Gateway.Pachyderm;
using Braid.Gateway.S3;
using Braid.Gateway.Web;
using Braid.Server.Agents;
using Braid.Server.Options;
using Braid.Server.Sweeping;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Braid.Server.Doors;

/// <summary>Every door: its name, its limits, and what lies behind it.</summary>
/// <param name="addressOf">Where a door listens, once all of them are open.</param>
internal sealed class DoorPlans(ServeOptions options, Stores stores, Rooms rooms, Func<string, Uri?> addressOf)
{
    public const string Pachyderm = "pachyderm";
    public const string ClearML = "clearml";
    public const string Files = "files";
    public const string MLflow = "mlflow";
    public const string S3 = "s3";
    public const string Web = "web";

    private const long smallBody = 1 << 20;

    public IReadOnlyList<DoorPlan> All() =>
        [
            Plan(Pachyderm, options.Ports.Pachyderm, OpenPachyderm) with
            {
                Scheme = "grpc",
                Protocols = HttpProtocols.Http2,
            },
            Plan(ClearML, options.Ports.ClearML, OpenClearML),
            Plan(Files, options.Ports.Files, OpenFiles),
            Plan(MLflow, options.Ports.MLflow, OpenMLflow),
            Plan(S3, options.Ports.S3, OpenS3),
            Plan(Web, options.Ports.Web, OpenWeb) with
            {
                LargestBody = smallBody,
            },
        ];

    private DoorPlan Plan(string name, int port, Action<WebApplication> map) =>
        new(name, options.Bind, port, map) { LoopbackNamesOnly = options.IsOpen };

    /// <summary>The address of a door, once it is open.</summary>
    private string UrlOf(string door) =>
        addressOf(door)?.ToString() ?? throw new InvalidOperationException($"the door '{door}' is not open yet");

    private IReadOnlyList<KeyValuePair<string, string>> UrlsOf() =>
        [.. All().Select(plan => KeyValuePair.Create(plan.Name, addressOf(plan.Name)?.ToString() ?? ""))];

    private int PortOf(string door) =>
        addressOf(door)?.Port ?? throw new InvalidOperationException($"the door '{door}' is not open yet");

    private void OpenPachyderm(WebApplication app) =>
        PachydermDoor.Map(
            app,
            new()
            {
                Authenticator = stores.Authenticator,
                Data = rooms.Data,
                Pipelines = rooms.Pipelines.Pipelines,
                Jobs = rooms.Pipelines.Jobs,
                Datums = rooms.Pipelines.Datums,
                Cron = rooms.Pipelines.Cron,
                Egress = rooms.Pipelines.Egress,
                Logs = rooms.Pipelines.Logs,
                Secrets = rooms.Pipelines.Secrets,
                Defaults = rooms.Pipelines.Defaults,
                Health = rooms.Pipelines.Health,
                Templates = rooms.Pipelines.Templates,
                Tools = rooms.Pipelines.Tools,
                Integrity = rooms.Pipelines.Integrity,
                Content = stores.Content,
                Remote = new(options.Remote),
                Clock = stores.Clock,
                DeploymentId = stores.InstallationId,
                WebPort = () => addressOf(Web)?.Port,
            }
        );

    private void OpenClearML(WebApplication app) => ClearMLDoor.MapApi(app, ClearMLRooms());

    private void OpenFiles(WebApplication app) => ClearMLDoor.MapFiles(app, ClearMLRooms());

    private void OpenS3(WebApplication app) => S3Door.Map(app, rooms.Data, stores.Authenticator, stores.Clock);

    /// <summary>What lies behind ClearML's doors.</summary>
    public ClearMLRooms ClearMLRooms() =>
        new()
        {
            Access = stores.Authenticator,
            Users = rooms.Users,
            Keys = rooms.Keys,
            Projects = rooms.Projects,
            Runs = rooms.Runs,
            Queues = rooms.Queues,
            Waiting = rooms.Waiting,
            QueueDesk = rooms.Workloads.QueueDesk,
            Workers = rooms.Workers,
            QueueHistory = rooms.QueueHistory,
            WorkerHistory = rooms.WorkerHistory,
            Signs = rooms.Signs,
            Words = rooms.Words,
            Models = rooms.Models,
            Series = rooms.Series,
            Plots = rooms.Plots,
            Logs = rooms.Logs,
            Artifacts = rooms.Artifacts,
            Ids = stores.Ids,
            Clock = stores.Clock,
        };

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
                RunImports = rooms.RunImports,
                ModelImports = rooms.ModelImports,
                Artifacts = rooms.Artifacts,
                Uploads = new(stores.Secrets, stores.Clock),
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
                rooms.Models,
                rooms.Sweeper,
                rooms.Data
            )
            {
                Keys = rooms.Keys,
                ClearML = () => new(PortOf(ClearML), PortOf(Files)),
                Artifacts = rooms.Artifacts,
                Content = stores.Content,
                EventFiles = rooms.EventFiles,
                Plans = rooms.Pipelines.Plans,
                Pipelines = rooms.Pipelines,
                Workloads = rooms.Workloads,
                ProgramVariables = keys => ProgramVariables.Of(UrlOf, keys),
                Outputs = () => Outputs.Of(rooms, UrlOf(Files)),
                Queues = rooms.Queues,
                Plots = rooms.Plots,
                Roots = new StoredRoots(stores.Database),
                Waiting = rooms.Waiting,
                Registry = rooms.Registry,
                Users = rooms.Users,
                Audit = rooms.Audit,
                Secrets = rooms.Pipelines.Secrets,
                Installation = new(options.Settings, stores.InstallationId, UrlsOf),
            }
        );
}
