using Braid.Access.Callers;
using Braid.Access.Credentials;
using Braid.Agent.Protocol;
using Braid.Primitives;
using Braid.Workloads.Desks;
using Braid.Workloads.Nodes;
using Braid.Workloads.Replicas;

namespace Braid.Gateway.Web.Agents;

/// <summary>The agents' protocol, answered by the desk to one caller: for agents that come by HTTP, and for the server's own.</summary>
/// <param name="outputs">Where what attempts leave goes.</param>
/// <param name="variables">What tells a program with these keys where the doors are.</param>
public sealed class DeskNodeServer(
    NodeDesk desk,
    Caller caller,
    AttemptOutputs outputs,
    Func<KeyPair, IEnumerable<KeyValuePair<string, string>>> variables
) : INodeServer
{
    /// <summary>The code of what an attempt that is over is told.</summary>
    private const string fenced = "workloads.fenced";

    /// <summary>A year, in seconds.</summary>
    private const double longestTold = 365 * 86_400;

    public Task<Result<Unit>> RegisterAsync(NodeRegistration registration, CancellationToken ct) =>
        ReadAll(registration.Running).TryGet(out var running, out var bad)
            ? desk.RegisterAsync(
                caller,
                registration.Node,
                registration.Agent,
                registration.Epoch,
                registration.Start,
                ToMachine(registration.Machine),
                running.ToHashSet(),
                ct
            )
            : Task.FromResult<Result<Unit>>(bad);

    public async Task<Result<NodeOrders>> AskAsync(NodeQuestion question, CancellationToken ct)
    {
        if (!ReadAll(question.Known.Select(known => known.Attempt)).TryGet(out var attempts, out var bad))
        {
            return bad;
        }

        if (!ReadAll((question.Idle ?? []).Select(one => one.Attempt)).TryGet(out var quiet, out bad))
        {
            return bad;
        }

        var idle = quiet
            .Zip(question.Idle ?? [], (attempt, one) => KeyValuePair.Create(attempt, Seconds(one.Seconds)))
            .DistinctBy(pair => pair.Key)
            .ToDictionary();
        var known = attempts
            .Zip(question.Known, (attempt, order) => KeyValuePair.Create(attempt, order.Runs))
            .DistinctBy(pair => pair.Key)
            .ToDictionary();
        var wait = Seconds(question.WaitSeconds);
        var orders = await desk.AskAsync(caller, question.Node, question.Epoch, known, idle, wait, ct);
        return orders.Select(all => new NodeOrders([.. all.Select(ToOrder)]));
    }

    public async Task<Result<NodeReportAnswer>> ReportAsync(NodeReport report, CancellationToken ct)
    {
        if (!ReadAll(report.News.Select(news => news.Attempt)).TryGet(out var attempts, out var bad))
        {
            return bad;
        }

        var reports = attempts.Zip(report.News, ToReport).ToList();
        var over = await desk.ReportAsync(caller, report.Node, report.Epoch, reports, ct);
        return over.Select(all => new NodeReportAnswer([.. all.Select(ToName)]));
    }

    public async Task<Result<NodeLinesAnswer>> AppendAsync(NodeLines lines, CancellationToken ct)
    {
        if (!Read(lines.Attempt).TryGet(out var attempt, out var bad))
        {
            return bad;
        }

        var kept = await desk.AppendAsync(
            caller,
            lines.Node,
            lines.Epoch,
            attempt,
            lines.First,
            [.. lines.Lines.Select(line => new AttemptLine(line.At, line.IsError, line.Text))],
            ct
        );
        return kept.Select(count => new NodeLinesAnswer(count));
    }

    public async Task<Result<NodeUsageAnswer>> MeasureAsync(NodeUsage usage, CancellationToken ct)
    {
        var over = new List<AttemptName>();
        foreach (var one in usage.Attempts)
        {
            var writer = await WriterOfAsync(usage.Node, usage.Epoch, one.Attempt, ct);
            var kept = writer.IsOk ? await outputs.MeasureAsync(writer.Value, one, ct) : writer.Error;
            if (kept.Error is { Code: not fenced } refused)
            {
                return refused;
            }

            if (!kept.IsOk)
            {
                over.Add(one.Attempt);
            }
        }

        return new NodeUsageAnswer(over);
    }

    public async Task<Result<NodeEventsAnswer>> SendEventsAsync(
        NodeOutput file,
        long offset,
        Stream rest,
        CancellationToken ct
    )
    {
        var writer = await WriterOfAsync(file.Node, file.Epoch, file.Attempt, ct);
        return writer.IsOk
            ? (await outputs.TakeEventsAsync(writer.Value, file.Path, offset, rest, ct)).Select(
                next => new NodeEventsAnswer(next)
            )
            : writer.Error;
    }

    public async Task<Result<NodeFileAnswer>> SendFileAsync(NodeOutput file, Stream content, CancellationToken ct)
    {
        var writer = await WriterOfAsync(file.Node, file.Epoch, file.Attempt, ct);
        return writer.IsOk
            ? (await outputs.KeepAsync(writer.Value, file.Path, content, ct)).Select(size => new NodeFileAnswer(size))
            : writer.Error;
    }

    private Task<Result<AttemptWriter>> WriterOfAsync(
        string node,
        string epoch,
        AttemptName name,
        CancellationToken ct
    ) =>
        Read(name).TryGet(out var attempt, out var bad)
            ? desk.WriterOfAsync(caller, node, epoch, attempt, ct)
            : Task.FromResult<Result<AttemptWriter>>(bad);

    /// <summary>Of an agent that may say anything.</summary>
    private static TimeSpan Seconds(double told) =>
        TimeSpan.FromSeconds(double.IsFinite(told) ? Math.Clamp(told, 0, longestTold) : 0);

    private NodeOrder ToOrder(WorkOrder order) =>
        order switch
        {
            WorkOrder.Run run => new(ToName(run.Attempt))
            {
                Program = ToProgram(run.Program, run.Keys),
                Gpus = run.Gpus,
                Lines = run.Lines,
            },
            WorkOrder.Stop stop => new(ToName(stop.Attempt)) { Reason = stop.Reason },
            _ => throw new InvalidOperationException($"an order of an unknown kind: {order}"),
        };

    private NodeProgram ToProgram(ReplicaProgram program, KeyPair keys) =>
        new()
        {
            Image = program.Image,
            Command = program.Command,
            Arguments = program.Arguments,
            Environment = Merge(variables(keys), program.Environment),
            WorkingDirectory = program.WorkingDirectory,
            Volumes =
            [
                .. program.Volumes.Select(volume => new NodeVolume(volume.Source, volume.Target, volume.IsReadOnly)),
            ],
            Files = [.. program.Files.Select(file => new NodeFile(file.Path, file.Content, file.Mode))],
            CpuMillicores = program.CpuMillicores,
            MemoryBytes = program.MemoryBytes,
            HostName = program.HostName,
            Peers = program.Peers,
            GraceSeconds = program.Grace.TotalSeconds,
            TimeLimitSeconds = program.TimeLimit?.TotalSeconds,
        };

    /// <summary>What the workload says has the last word.</summary>
    private static Dictionary<string, string> Merge(
        IEnumerable<KeyValuePair<string, string>> doors,
        IReadOnlyDictionary<string, string> own
    )
    {
        var merged = new Dictionary<string, string>(doors, StringComparer.Ordinal);
        foreach (var (name, value) in own)
        {
            merged[name] = value;
        }

        return merged;
    }

    private static AttemptReport ToReport(AttemptId attempt, AttemptNews news) =>
        news.Kind switch
        {
            AttemptNewsKind.Started => new AttemptReport.Started(attempt, news.At, news.Words),
            AttemptNewsKind.Lost => new AttemptReport.Lost(attempt, news.Words),
            _ => new AttemptReport.Ended(
                attempt,
                news.At,
                news.Code,
                news.Words,
                WasStopped: news.Kind == AttemptNewsKind.Stopped
            ),
        };

    private static Machine ToMachine(NodeMachine machine) =>
        new()
        {
            CpuMillicores = machine.CpuMillicores,
            MemoryBytes = machine.MemoryBytes,
            Gpus =
            [
                .. machine.Gpus.Select(gpu => new MachineGpu(
                    gpu.Index,
                    gpu.Uuid,
                    gpu.Name,
                    gpu.MemoryBytes,
                    gpu.MigProfile
                )),
            ],
            Pool = machine.Pool,
            Labels = machine.Labels,
            Taints = [.. machine.Taints.Select(taint => new MachineTaint(taint.Key, taint.Value, taint.Effect))],
            Executors = machine.Executors,
            Queues = machine.Queues,
            Address = machine.Address,
            AgentVersion = machine.AgentVersion,
        };

    private static AttemptName ToName(AttemptId attempt) => new($"{attempt.Workload}", attempt.Replica, attempt.Fence);

    private static Result<IReadOnlyList<AttemptId>> ReadAll(IEnumerable<AttemptName> names)
    {
        var read = names.Select(Read).ToList();
        return read.FirstOrDefault(one => !one.IsOk) is { Error: { } bad }
            ? bad
            : Result.Ok<IReadOnlyList<AttemptId>>([.. read.Select(one => one.Value)]);
    }

    private static Result<AttemptId> Read(AttemptName name) =>
        RunId.TryParse(name.Workload, out var workload)
            ? new AttemptId(workload, name.Replica, name.Fence)
            : new Error(
                ErrorKind.InvalidArgument,
                "web.bad-attempt",
                $"'{name.Workload}' names no workload: it is 32 hex digits"
            );
}
