using System.Text.Json.Nodes;
using Braid.Agent;
using Braid.Agent.Protocol;
using Braid.Agent.Serving;
using Braid.Compute.Processes;
using Braid.Compute.Processes.Replicas;
using Braid.Compute.Sandboxes;
using Braid.Primitives;
using Braid.Scheduling;
using Braid.Testing;
using Braid.Tracking.Artifacts;
using Braid.Tracking.Logs;
using Braid.Tracking.Series;
using Braid.Workloads.Submission;

namespace Braid.Gateway.Web.Tests.Agents;

/// <summary>A web door whose workloads are placed, and one agent that comes to it over HTTP and runs processes.</summary>
internal sealed class AgentHost : IAsyncDisposable
{
    private readonly TempFolder folder = new();
    private readonly CancellationTokenSource stop = new();
    private readonly List<string> troubles = [];
    private HttpNodeServer? http;
    private Cable? cable;
    private LocalExecutor? executor;
    private Task<Result<Unit>>? running;

    private AgentHost(WebHost web) => Web = web;

    public WebHost Web { get; }

    /// <summary>Between the agent and the server.</summary>
    public Cable Cable => cable ?? throw new InvalidOperationException("the agent was not started");

    /// <summary>What the server's loops and the agent complained about.</summary>
    public IReadOnlyList<string> Troubles => troubles;

    /// <param name="between">Stands between the agent and its server.</param>
    public static async Task<AgentHost> StartAsync(Func<INodeServer, INodeServer>? between = null)
    {
        var host = new AgentHost(await WebHost.StartAsync());
        await host.Web.Rooms.Workloads.StartAsync(
            Scheduler.Decide,
            (loop, error) => host.troubles.Add($"{loop}: {error}"),
            default
        );
        await host.StartAgentAsync(between ?? (server => server));
        return host;
    }

    /// <summary>Ends the agent as a signal would: what it ran dies with it.</summary>
    public async Task StopAgentAsync()
    {
        await stop.CancelAsync();
        await (running ?? Task.FromResult<Result<Unit>>(Unit.Value));
        await (executor?.DisposeAsync() ?? default);
        http?.Dispose();
    }

    public async Task<Workload> SubmitAsync(string name, string script, Func<WorkloadSpec, WorkloadSpec>? change = null)
    {
        var spec = new WorkloadSpec
        {
            Kind = WorkloadKind.Train,
            Command = ["sh", "-c", script],
            Grace = TimeSpan.FromSeconds(2),
        };
        var made = await Web.Rooms.Workloads.Workloads.SubmitAsync(
            WebHost.Internal,
            new(name, "default", change?.Invoke(spec) ?? spec),
            default
        );
        return made.Value;
    }

    public async Task<Workload> SubmitJobAsync(
        string name,
        string kind,
        string field,
        string container,
        params (string Type, int Replicas, string Script)[] types
    )
    {
        var made = await TrySubmitJobAsync(name, kind, field, container, types);
        return made.IsOk ? made.Value : throw new InvalidOperationException(made.Error.Message);
    }

    /// <summary>Submits a manifest whose replicas run Python, and share the folder <c>/shared</c>.</summary>
    public Task<Result<Workload>> TrySubmitJobAsync(
        string name,
        string kind,
        string field,
        string container,
        params (string Type, int Replicas, string Script)[] types
    )
    {
        var shared = Directory.CreateDirectory(folder.File("shared")).FullName;
        var manifest = new JsonObject
        {
            ["apiVersion"] = "kubeflow.org/v1",
            ["kind"] = kind,
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject
            {
                [field] = new JsonObject(
                    types.Select(type =>
                        KeyValuePair.Create(
                            type.Type,
                            (JsonNode?)ReplicaOf(type.Replicas, type.Script, container, shared)
                        )
                    )
                ),
            },
        };
        return Web.Rooms.Workloads.Workloads.SubmitAsync(
            WebHost.Internal,
            new(name, "default", new() { Kind = WorkloadKind.TrainingJob, Manifest = manifest.ToJsonString() }),
            default
        );
    }

    /// <summary>For who has to find out why something went otherwise.</summary>
    public async Task<string> DescribeAsync(RunId id)
    {
        var found = await Web.Rooms.Workloads.Workloads.GetAsync(WebHost.Internal, id, default);
        return string.Join(
            '\n',
            [
                $"{found.Value.State}: {found.Value.Message}",
                .. found.Value.Events.Select(told => $"{told.Kind}: {told.Text}"),
                .. await PrintedAsync(id),
                .. troubles,
            ]
        );
    }

    private static JsonObject ReplicaOf(int replicas, string script, string container, string shared) =>
        new()
        {
            ["replicas"] = replicas,
            ["template"] = new JsonObject
            {
                ["spec"] = new JsonObject
                {
                    ["containers"] = new JsonArray(
                        new JsonObject
                        {
                            ["name"] = container,
                            ["image"] = "python:3",
                            ["command"] = new JsonArray("/usr/bin/python3", "-c", script),
                            ["volumeMounts"] = new JsonArray(
                                new JsonObject { ["name"] = "shared", ["mountPath"] = "/shared" }
                            ),
                        }
                    ),
                    ["volumes"] = new JsonArray(
                        new JsonObject
                        {
                            ["name"] = "shared",
                            ["hostPath"] = new JsonObject { ["path"] = shared },
                        }
                    ),
                },
            },
        };

    public async Task<Workload> UntilAsync(RunId id, Func<Workload, bool> isSo) =>
        await Eventually.GetAsync(
            async () =>
                (await Web.Rooms.Workloads.Workloads.GetAsync(WebHost.Internal, id, default)).Value is { } found
                && isSo(found)
                    ? found
                    : null,
            $"workload {id} as expected: {string.Join("; ", troubles)}"
        );

    public async Task<IReadOnlyList<string>> PrintedAsync(RunId id) =>
        [
            .. (await Web.Rooms.Logs.SliceAsync(WebHost.Internal, id, new(0, 100_000, long.MaxValue), default))
                .Value.Where(line => line.Source is LogSource.Stdout or LogSource.Stderr)
                .Select(line => line.Text),
        ];

    /// <summary>The last value of each of a run's series, by its key.</summary>
    public async Task<IReadOnlyDictionary<string, double>> SeriesAsync(RunId id) =>
        (await Web.Rooms.Series.ListAsync(WebHost.Internal, [id], default)).Value.ToDictionary(
            one => new SeriesName(one.Metric, one.Variant).Key,
            one => one.Last.Value
        );

    /// <summary>What was kept of a run, by path, with what is in it.</summary>
    public async Task<IReadOnlyList<string>> ArtifactsAsync(RunId id)
    {
        var files = new Artifacts(Web.Rooms.Database, Web.Content, TimeProvider.System);
        return [.. (await ListAsync(files, $"{id}")).Select(text => text[$"{id}/".Length..])];
    }

    private static async Task<IReadOnlyList<string>> ListAsync(Artifacts files, string folder)
    {
        var found = new List<string>();
        foreach (var file in (await files.ListAsync(WebHost.Internal, ArtifactSpaces.Files, folder, default)).Value)
        {
            found.AddRange(file.IsFolder ? await ListAsync(files, file.Path) : [await ReadAsync(files, file.Path)]);
        }

        return found;
    }

    private static async Task<string> ReadAsync(Artifacts files, string path)
    {
        var opened = await files.OpenAsync(WebHost.Internal, ArtifactSpaces.Files, path, default);
        using var reader = new StreamReader(opened.Value.Content);
        return $"{path}: {await reader.ReadToEndAsync()}";
    }

    public async ValueTask DisposeAsync()
    {
        await StopAgentAsync();
        await Cable.DisposeAsync();
        await Web.Rooms.Workloads.DisposeAsync();
        await Web.DisposeAsync();
        folder.Dispose();
        stop.Dispose();
    }

    private async Task StartAgentAsync(Func<INodeServer, INodeServer> between)
    {
        var processes = await ProcessExecutor.DetectAsync(new SandboxOptions(), TimeProvider.System);
        executor = LocalExecutor.Open(processes.Value, folder.File("replicas"), IdSource.System, TimeProvider.System);
        cable = new(Web.Client.BaseAddress ?? throw new InvalidOperationException("the door has no address"));
        http = new(cable.Address, null, TimeProvider.System);
        var machine = await ThisMachine.ReadAsync([executor.Kind], troubles.Add, TimeProvider.System, default);
        var agent = new NodeAgent(
            new("node-a", machine, "127.0.0.1", folder.File("agent"))
            {
                Warn = troubles.Add,
                MeasureEvery = TimeSpan.FromMilliseconds(100),
            },
            between(http),
            executor,
            TimeProvider.System,
            IdSource.System
        );
        running = agent.RunAsync(stop.Token);
    }
}
