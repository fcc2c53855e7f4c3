using System.Security.Cryptography;
using Braid.Cli.CommandLine;
using Braid.Cli.Output;
using Braid.Gateway.Web.Workloads.Records;

namespace Braid.Cli.Workloads.Submitting;

/// <summary>Submits a program, alone or in several equal replicas: <c>runai submit</c> of v1, <c>runai training submit</c> of v2.</summary>
internal static class SubmitWorkload
{
    private const int madeUpDigits = 5;
    private const string nodeType = "run.ai/type";

    /// <summary>The server gives it to nodes that run containers.</summary>
    private const string runsImages = "braid/runs-images";

    /// <param name="name">Its words.</param>
    /// <param name="kind">What it submits; null where flags say so.</param>
    public static Command Command(string name, string? kind) =>
        new(
            name,
            "<name> [flags] -- <program> [arguments]",
            kind is null ? "Submit a program to a project." : $"Submit a workload of the kind {kind}."
        )
        {
            Flags = [.. SubmitFlags.All, .. OtherFlags.All],
            MostArguments = int.MaxValue,
            RunAsync = (call, ct) => RunAsync(call, kind, ct),
        };

    private static async Task<int> RunAsync(Invocation call, string? kind, CancellationToken ct)
    {
        OtherFlags.Judge(call);
        var question = WorkloadCalls.Write(WorkOf(call, kind), WorkloadRecordsJson.Default.NewWorkloadRecord);
        if (call.Has(SubmitFlags.DryRun))
        {
            call.Out.Write(IndentedJson.Of(question) + "\n");
            return 0;
        }

        var answer = await call.Web.CallAsync(HttpMethod.Post, "api/workloads", question, ct);
        var made = WorkloadCalls.Read(answer, WorkloadRecordsJson.Default.WorkloadRecord);
        call.Out.Write($"The job '{made.Name}' has been submitted successfully; its run is {made.Id}\n");
        call.Out.Write($"You can run `braid describe job {made.Name} -p {made.Project}` to check the job status\n");
        return 0;
    }

    private static NewWorkloadRecord WorkOf(Invocation call, string? kind)
    {
        var (name, command) = NameAndCommand(call);
        kind ??=
            call.Has(SubmitFlags.Inference) ? "inference"
            : call.Has(SubmitFlags.Interactive) ? "interactive"
            : "train";
        var work = new NewWorkloadRecord
        {
            Name = name,
            Project = ProjectChoice.Of(call),
            TrackingProject = call.Text(SubmitFlags.TrackingProject),
            Kind = kind,
            Image = call.Text(SubmitFlags.Image),
            Command = command,
            Environment = EnvironmentOf(call),
            WorkingDirectory = call.Text(SubmitFlags.WorkingDirectory),
            Volumes = [.. VolumeText.Of(call)],
            CpuMillicores =
                Quantities.Millicores(call, SubmitFlags.Cpu) ?? Quantities.Millicores(call, SubmitFlags.CpuCores) ?? 0,
            MemoryBytes =
                Quantities.Bytes(call, SubmitFlags.Memory) ?? Quantities.Bytes(call, SubmitFlags.CpuMemory) ?? 0,
            CpuLimit =
                Quantities.Millicores(call, SubmitFlags.CpuLimit)
                ?? Quantities.Millicores(call, SubmitFlags.CpuCoreLimit),
            MemoryLimit =
                Quantities.Bytes(call, SubmitFlags.MemoryLimit) ?? Quantities.Bytes(call, SubmitFlags.CpuMemoryLimit),
            Parallelism = Count(call, SubmitFlags.Parallelism) ?? Count(call, SubmitFlags.Replicas),
            Completions = Count(call, SubmitFlags.Completions) ?? Count(call, SubmitFlags.Runs),
            IsElastic = call.Has(SubmitFlags.Elastic),
            BackoffLimit = Count(call, SubmitFlags.BackoffLimit),
            TimeLimit = call.Span(SubmitFlags.TimeLimit)?.TotalSeconds,
            Grace = call.Span(SubmitFlags.Grace)?.TotalSeconds,
            ForgetAfter = (call.Span(SubmitFlags.ForgetAfter) ?? call.Span(SubmitFlags.ForgetAfter2))?.TotalSeconds,
            NodeSelector = SelectorOf(call),
            Tolerations = [.. call.All(SubmitFlags.Toleration).Select(TolerationOf)],
            NodePools = Lists.Of(call, SubmitFlags.NodePools),
            IsSuspended = call.Has(SubmitFlags.Suspended),
        };
        return GpuChoice.Add(Prioritised(work, call), call);
    }

    private static Dictionary<string, string>? SelectorOf(Invocation call)
    {
        var selector = new Dictionary<string, string>(StringComparer.Ordinal);
        if (call.Text(SubmitFlags.NodeType) is { } type)
        {
            selector[nodeType] = type;
        }

        if (call.Has(SubmitFlags.RequireImage))
        {
            selector[runsImages] = "true";
        }

        return selector.Count > 0 ? selector : null;
    }

    /// <summary>Interactive work that may be interrupted has a class of its own in Run:ai, between the two others.</summary>
    private static NewWorkloadRecord Prioritised(NewWorkloadRecord work, Invocation call)
    {
        var isPreemptible = call.Has(SubmitFlags.Preemptible);
        return work with
        {
            Priority =
                call.Text(SubmitFlags.Priority)
                ?? (isPreemptible && work.Kind == "interactive" ? "build-preemptible" : null),
            IsPreemptible = isPreemptible ? true : null,
        };
    }

    /// <exception cref="Failure">There is no name, or more than one.</exception>
    private static (string Name, IReadOnlyList<string> Command) NameAndCommand(Invocation call)
    {
        var before = call.BeforeDashes;
        var prefix = call.Text(SubmitFlags.Prefix) ?? call.Text(SubmitFlags.Prefix2);
        var name =
            call.Text(SubmitFlags.Name)
            ?? before.FirstOrDefault()
            ?? (
                prefix is null ? null : $"{prefix}-{RandomNumberGenerator.GetHexString(madeUpDigits, lowercase: true)}"
            );
        var most = call.Text(SubmitFlags.Name) is null ? 1 : 0;
        return before.Count > most
                ? throw new Failure($"what is \"{before[most]}\"? The program follows --")
                {
                    ShowUsageOf = call.Command,
                }
            : name is null
                ? throw new Failure("it has no name: braid submit NAME -- PROGRAM") { ShowUsageOf = call.Command }
            : (name, [.. call.Arguments.Skip(before.Count)]);
    }

    private static Dictionary<string, string> EnvironmentOf(Invocation call)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var text in call.All(SubmitFlags.Environment).Concat(call.All(SubmitFlags.Environment2)))
        {
            if (text.Split('=', 2) is not [{ Length: > 0 } name, var value])
            {
                throw new Failure($"invalid argument \"{text}\" for --environment: not KEY=VALUE");
            }

            variables[name] = value;
        }

        return variables;
    }

    private static int? Count(Invocation call, Flag flag) =>
        call.Text(flag) is null ? null : (int)Math.Clamp(call.Number(flag, 0), int.MinValue, int.MaxValue);

    /// <summary>A key; or v2's <c>key=KEY,operator=...,effect=...</c>, without a key for all.</summary>
    private static string TolerationOf(string text) =>
        !text.Contains('=', StringComparison.Ordinal)
            ? text
            : text.Split(',')
                .Where(part => part.StartsWith("key=", StringComparison.Ordinal))
                .Select(part => part["key=".Length..])
                .FirstOrDefault("*");
}
